package io.memberday.compiler;

import io.memberday.compiler.Node.Place;
import io.memberday.member.TierLadder;
import io.memberday.message.CompiledTemplates;
import io.memberday.message.Templates.Template;
import io.memberday.playbook.Benefits;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.Store;
import io.memberday.segment.Segment;
import io.memberday.segment.SegmentCompiler;

import java.time.LocalDate;
import java.time.Year;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Compiles a playbook from its source files, or says everything that is wrong with them. */
public final class PlaybookCompiler {
    private static final List<String> FILES =
            List.of(
                    "store.yaml",
                    "tiers.yaml",
                    "segments.yaml",
                    "campaigns.yaml",
                    "touchpoints.yaml",
                    "benefits.yaml");
    private static final String TEMPLATES = "templates/";

    private final Map<String, String> files;
    private final Mistakes mistakes = new Mistakes();

    /** Whether every file could be read; else what hangs on several files is not checked. */
    private boolean complete = true;

    private final LocalDate today;

    private PlaybookCompiler(Map<String, String> files, LocalDate today) {
        this.files = new TreeMap<>(files);
        this.today = today;
    }

    /**
     * What came of it.
     *
     * @param playbook nothing if a mistake is more than a warning
     * @param mistakes by file and line
     * @param messages every SMS as a typical member would get it
     */
    public record Result(
            Optional<Playbook> playbook, List<Mistake> mistakes, List<MessagePreview> messages) {}

    /**
     * Compiles.
     *
     * @param files their text by name within the playbook's folder: {@code store.yaml}, {@code
     *     templates/member-day.sms.txt}
     * @param today of the build: only a warning of what is missing for the next year depends on it
     */
    public static Result compile(Map<String, String> files, LocalDate today) {
        return new PlaybookCompiler(files, today).result();
    }

    private Result result() {
        for (String name : files.keySet()) {
            if (!FILES.contains(name) && !name.startsWith(TEMPLATES)) {
                mistakes.error(
                        new Place(name, 1),
                        "",
                        "",
                        "is not part of a playbook; its files are " + String.join(", ", FILES));
            }
        }
        StoreReader storeReader = new StoreReader(table("store.yaml"));
        Store store = storeReader.read();
        TierLadder ladder = new TierReader(table("tiers.yaml"), store).read();
        Benefits benefits = new BenefitReader(store, ladder).read(table("benefits.yaml"));
        SegmentReader segmentReader =
                new SegmentReader(
                        mistakes,
                        new SegmentCompiler(store.currency(), store.horizon(), ladder),
                        store.horizon());
        Map<String, Segment> segments = segmentReader.read(table("segments.yaml"));
        List<CampaignReader.Read> campaigns =
                new CampaignReader(
                                store, segmentReader, storeReader.festivals(), benefits.coupons())
                        .read(listed("campaigns.yaml"));
        List<TouchpointReader.Read> touchpoints =
                new TouchpointReader(store, segmentReader, benefits.coupons())
                        .read(listed("touchpoints.yaml"));
        Map<Place, Template> templates =
                new TemplateReader(mistakes, store.language()).read(templateFiles());
        MessageChecks messages = new MessageChecks(mistakes, store, ladder, benefits, templates);
        if (complete) {
            new CampaignChecks(store).check(campaigns);
            campaigns.forEach(
                    read ->
                            storeReader
                                    .festivals()
                                    .check(
                                            read.campaign().schedules(),
                                            Year.from(today.plusYears(1))));
            campaigns.forEach(messages::campaign);
            touchpoints.forEach(read -> messages.touchpoint(read.section(), read.touchpoint()));
            touchpoints.forEach(read -> CouponReader.check(read, touchpoints));
            messages.unused();
        }
        Playbook playbook =
                new Playbook(
                        store,
                        ladder,
                        segments,
                        campaigns.stream().map(CampaignReader.Read::campaign).toList(),
                        touchpoints.stream().map(TouchpointReader.Read::touchpoint).toList(),
                        benefits,
                        new CompiledTemplates(store.language(), templates.values()));
        return new Result(
                mistakes.anyError() ? Optional.empty() : Optional.of(playbook),
                mistakes.all(),
                messages.previews());
    }

    private Map<String, String> templateFiles() {
        Map<String, String> found = new TreeMap<>();
        files.forEach(
                (name, text) -> {
                    if (name.startsWith(TEMPLATES)) {
                        found.put(name, text);
                    }
                });
        return found;
    }

    private Section table(String name) {
        return root(name)
                .map(node -> Section.of(mistakes, "", node))
                .orElseGet(() -> Section.empty(new Mistakes(), name));
    }

    private List<Section> listed(String name) {
        return root(name).map(node -> Section.listed(mistakes, node)).orElse(List.of());
    }

    private Optional<Node> root(String name) {
        Optional<Node> root = Optional.empty();
        if (files.containsKey(name)) {
            root = new YamlFile(name, mistakes).read(files.get(name));
        } else {
            mistakes.error(new Place(name, 1), "", "", "is missing: see docs/playbook.md");
        }
        complete &= root.isPresent();
        return root;
    }
}
