package io.memberday.compiler;

import io.memberday.compiler.Node.Place;
import io.memberday.json.BadInput;
import io.memberday.json.Fields;
import io.memberday.member.Channel;
import io.memberday.message.CompiledTemplates;
import io.memberday.message.Templates.Template;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.Store;
import io.memberday.segment.SegmentCompiler;

import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A campaign that comes with a request instead of the playbook (R40): written as in {@code
 * campaigns.yaml}, read and checked by the same classes. It is JSON, and its templates are SMS, so
 * that neither a YAML nor an HTML parser is needed.
 */
public final class InlineCampaign {
    private static final String DEFINITION = "definition";
    private static final String TEMPLATES = "templates";
    private static final String SCHEDULE = "schedule";
    private static final Place PLACE = new Place(DEFINITION, 1);

    private final Playbook playbook;
    private final Mistakes mistakes = new Mistakes();

    private InlineCampaign(Playbook playbook) {
        this.playbook = playbook;
    }

    /**
     * What came of it.
     *
     * @param playbook with the campaign and its templates in it
     * @param campaign the one that was asked for
     * @param warnings what may be wrong all the same
     */
    public record Compiled(Playbook playbook, Campaign campaign, List<String> warnings) {}

    /**
     * Compiles a definition.
     *
     * @param definition a campaign as in {@code campaigns.yaml}; {@code templates} may hold texts
     *     by the name that their file would have
     * @param at when it is to be held, if it has no schedule of its own; in the store's zone
     * @throws BadInput with everything that is wrong with it
     */
    public static Compiled compile(Fields definition, Playbook playbook, LocalDateTime at) {
        return new InlineCampaign(playbook).compiled(definition, at);
    }

    private Compiled compiled(Fields definition, LocalDateTime at) {
        Map<String, Object> fields = new LinkedHashMap<>(definition.asMap());
        Map<Place, Template> own = templates(Optional.ofNullable(fields.remove(TEMPLATES)));
        if (!fields.containsKey(SCHEDULE)) {
            String time = at.toLocalTime().truncatedTo(ChronoUnit.MINUTES).toString();
            fields.put(SCHEDULE, Map.of("date", at.toLocalDate().toString(), "at", time));
        }
        Section section = Section.of(mistakes, "", node(fields));
        if (section.has("waves")) {
            section.error("waves", "define one run: write a wave's day, segment and send here");
            refuse();
        }
        List<CampaignReader.Read> read =
                new CampaignReader(
                                store(),
                                segments(),
                                Festivals.known(playbook.campaigns()),
                                playbook.benefits().coupons())
                        .read(List.of(section));
        Campaign campaign = read.getFirst().campaign();
        if (playbook.campaigns().stream().anyMatch(known -> known.id().equals(campaign.id()))) {
            section.error("id", "the playbook has a campaign of this id: choose another");
        }
        List<Campaign> others =
                playbook.campaigns().stream()
                        .filter(one -> !one.id().equals(campaign.id()))
                        .toList();
        new CampaignChecks(store()).check(read.getFirst(), others);
        Map<Place, Template> all = known();
        all.putAll(own);
        MessageChecks messages =
                new MessageChecks(mistakes, store(), playbook.ladder(), playbook.benefits(), all);
        messages.campaign(read.getFirst());
        refuse();
        return new Compiled(
                extended(campaign, all),
                campaign,
                mistakes.all().stream().map(InlineCampaign::said).toList());
    }

    private Store store() {
        return playbook.store();
    }

    private SegmentReader segments() {
        SegmentCompiler compiler =
                new SegmentCompiler(store().currency(), store().horizon(), playbook.ladder());
        return new SegmentReader(mistakes, compiler, store().horizon())
                .knowing(playbook.segments());
    }

    private Map<Place, Template> known() {
        Map<Place, Template> known = new LinkedHashMap<>();
        int line = 0;
        for (Template template : playbook.templates().all()) {
            known.put(new Place(TEMPLATES + "/" + template.id(), ++line), template);
        }
        return known;
    }

    private Map<Place, Template> templates(Optional<Object> written) {
        Map<String, String> files = new TreeMap<>();
        if (written.isPresent() && !(written.get() instanceof Map<?, ?>)) {
            mistakes.error(PLACE, TEMPLATES, "", "write texts by name: {\"sale.sms.txt\": \"…\"}");
        }
        if (written.isPresent() && written.get() instanceof Map<?, ?> texts) {
            texts.forEach((name, text) -> files.put(String.valueOf(name), String.valueOf(text)));
        }
        Set<String> taken = new LinkedHashSet<>();
        playbook.templates().all().stream()
                .filter(template -> template.channel() == Channel.SMS)
                .forEach(template -> taken.add(template.id()));
        files.keySet()
                .removeIf(
                        name -> {
                            Optional<String> mend = unfit(name, taken);
                            mend.ifPresent(
                                    text ->
                                            mistakes.error(
                                                    PLACE, TEMPLATES + "." + name, "", text));
                            return mend.isPresent();
                        });
        return new TemplateReader(mistakes, store().language()).read(files);
    }

    private static Optional<String> unfit(String name, Set<String> taken) {
        if (name.endsWith(".email.html")) {
            return Optional.of("emails are checked at build: write it into the playbook");
        }
        String id = name.split("\\.", 2)[0];
        return taken.contains(id)
                ? Optional.of("the playbook has a template of this name: choose another")
                : Optional.empty();
    }

    private static Node node(Object value) {
        return switch (value) {
            case Map<?, ?> object -> {
                List<Node.Entry> entries = new ArrayList<>();
                object.forEach(
                        (name, field) ->
                                entries.add(
                                        new Node.Entry(String.valueOf(name), PLACE, node(field))));
                yield new Node.Table(PLACE, List.copyOf(entries));
            }
            case List<?> list ->
                    new Node.Items(PLACE, list.stream().map(InlineCampaign::node).toList());
            default -> new Node.Scalar(PLACE, String.valueOf(value));
        };
    }

    private Playbook extended(Campaign campaign, Map<Place, Template> templates) {
        List<Campaign> campaigns = new ArrayList<>(playbook.campaigns());
        campaigns.add(campaign);
        return new Playbook(
                store(),
                playbook.ladder(),
                playbook.segments(),
                campaigns,
                playbook.touchpoints(),
                playbook.benefits(),
                new CompiledTemplates(store().language(), templates.values()));
    }

    /** The first mistake names field, value and mend; the others stand behind it. */
    private void refuse() {
        List<Mistake> errors =
                mistakes.all().stream().filter(mistake -> !mistake.warning()).toList();
        if (errors.isEmpty()) {
            return;
        }
        Mistake first = errors.getFirst();
        StringBuilder mend = new StringBuilder(first.mend());
        errors.stream().skip(1).forEach(more -> mend.append("; also ").append(said(more)));
        throw new BadInput(field(first), first.value(), mend.toString());
    }

    private static String field(Mistake mistake) {
        String place =
                mistake.file().equals(DEFINITION)
                        ? DEFINITION
                        : DEFINITION + "." + TEMPLATES + "." + mistake.file();
        return mistake.field().isEmpty() ? place : place + "." + mistake.field();
    }

    private static String said(Mistake mistake) {
        return field(mistake) + ": " + mistake.mend();
    }
}
