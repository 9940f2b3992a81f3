package io.memberday.local.shop;

import io.memberday.file.Sha256;
import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.playbook.Campaign;

import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** What came of it: the report, the export, and both as files. */
final class Results {
    private static final List<String> FOLDERS = List.of("reports/", "exports/");

    private final Shop shop;
    private final MemberDayRun run;
    private final Aftermath aftermath;
    private final Path folder;
    private Fields report = Json.read("{}");

    Results(Shop shop, MemberDayRun run, Aftermath aftermath, Path folder) {
        this.shop = shop;
        this.run = run;
        this.aftermath = aftermath;
        this.folder = folder;
    }

    /** Has the result computed once its window is over. */
    void report() {
        Campaign campaign = shop.playbook().campaign(Story.CAMPAIGN).orElseThrow();
        Console.Stage stage = shop.console().begin("The result is computed from rows", 0);
        report = shop.invoke("CampaignReportFunction", Map.of("run", run.id()));
        stage.end(report.text("sum"));
        Checks checks = shop.checks();
        checks.same(true, report.raw("finished").orElse(false), "the run has finished");
        checks.same(0, report.raw("open").orElse(""), "no touch is without an outcome");
        checks.same(run.sent().size(), report.raw("sent").orElse(""), "the report counts all sent");
        checks.same(run.held().size(), report.raw("heldOut").orElse(""), "and all held out");
        checks.same(
                aftermath.sentOrders().stream().map(ShopOrder::buyer).distinct().count(),
                report.raw("buyers").orElse(""),
                "the report finds every simulated buyer within %s"
                        .formatted(campaign.attribution()));
        checks.same(
                0,
                BigDecimal.valueOf(
                                aftermath.sentOrders().stream()
                                        .mapToLong(ShopOrder::totalMinor)
                                        .sum(),
                                2)
                        .compareTo(
                                new BigDecimal(String.valueOf(report.raw("amount").orElse("0")))),
                "the report's amount is what they paid");
        checks.same(
                aftermath.heldOrders().stream().map(ShopOrder::buyer).distinct().count(),
                report.raw("heldOutBuyers").orElse(""),
                "and every simulated buyer among those held out");
    }

    /** Exports a segment and verifies its manifest. */
    void export() {
        Console.Stage stage = shop.console().begin("A segment is exported", 0);
        String segment = campaignsSegment();
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("segment", segment);
        request.put("by", "./local/run");
        Fields manifest = shop.invoke("SegmentExportFunction", request);
        String home = "exports/" + manifest.text("id") + "/";
        Fields stored = Json.read(new String(read(home + "manifest.json"), StandardCharsets.UTF_8));
        long bytes = 0;
        for (Fields file : stored.objects("files")) {
            byte[] content = read(home + file.text("name"));
            bytes += content.length;
            shop.checks()
                    .same(
                            file.text("sha256"),
                            Sha256.hex(content),
                            "the manifest's checksum holds");
            shop.checks()
                    .same(
                            file.whole("bytes", 0, Long.MAX_VALUE),
                            content.length,
                            "the manifest's bytes are the file's");
            long lines = unzipped(content).lines().count();
            long headings = file.text("format").equals("csv") ? 1 : 0;
            shop.checks()
                    .same(
                            file.whole("rows", 0, Long.MAX_VALUE),
                            lines - headings,
                            "the manifest's rows are the file's");
        }
        copy();
        stage.end(
                "%s: %s rows in %d files, %s bytes; the manifest is verified"
                        .formatted(
                                segment,
                                Console.count(stored.whole("rows", 0, Long.MAX_VALUE)),
                                stored.objects("files").size(),
                                Console.count(bytes)));
    }

    /** The segment that member day addresses, by its name in the playbook. */
    private String campaignsSegment() {
        String source = shop.playbook().campaign(Story.CAMPAIGN).orElseThrow().segment().source();
        return shop.playbook().segments().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .max(
                        Comparator.comparing(
                                entry ->
                                        source.equals(entry.getKey())
                                                || source.equals(entry.getValue().source())))
                .orElseThrow()
                .getKey();
    }

    /** The result as people read it. What is not known yet is a dash, not 0. */
    void table() {
        String currency = shop.playbook().store().currency();
        shop.console().say("");
        shop.console().say("  Result of " + run.id() + " (buyers are simulated)");
        row("sent", count("sent"));
        row("parts", count("parts"));
        row("cost", plain("cost") + " " + currency);
        row("delivered", count("delivered"));
        row("failed", count("failedInAll"));
        row("suppressed", reasons(report.object("suppressed")));
        row("left out at planning", reasons(report.object("excluded")));
        row("held out", count("heldOut"));
        row("sum", report.text("sum"));
        row("buyers", count("buyers") + " simulated");
        row("orders", count("orders") + " simulated");
        row("amount", plain("amount") + " " + currency + ", simulated");
        row("conversion", plain("conversion"));
        row("ROI", plain("roi"));
        report.optionalObject("uplift")
                .ifPresent(
                        uplift -> {
                            row(
                                    "uplift in conversion",
                                    text(uplift, "conversionPoints")
                                            + " points, 95 % interval "
                                            + text(uplift, "conversionInterval"));
                            row(
                                    "uplift per member",
                                    text(uplift, "revenuePerMember")
                                            + ", 95 % interval "
                                            + text(uplift, "revenueInterval"));
                        });
        shop.console().say("");
        shop.console().say("  Files: " + folder.toAbsolutePath().normalize());
    }

    /** {@code consent 12, segment 30}. */
    static String reasons(Fields byReason) {
        String reasons =
                byReason.asMap().entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(", "));
        return reasons.isEmpty() ? "nobody" : reasons;
    }

    private void row(String name, String value) {
        shop.console().say("    %-22s %s".formatted(name, value));
    }

    private String count(String name) {
        return report.raw(name)
                .filter(Number.class::isInstance)
                .map(value -> Console.count(((Number) value).longValue()))
                .orElse("–");
    }

    private String plain(String name) {
        return text(report, name);
    }

    private static String text(Fields fields, String name) {
        return fields.raw(name).map(String::valueOf).orElse("–");
    }

    private void copy() {
        S3Client s3 = shop.stack().s3();
        String bucket = shop.stack().name("FilesBucket");
        for (String prefix : FOLDERS) {
            for (S3Object object :
                    s3.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix))
                            .contents()) {
                write(folder.resolve(object.key()), read(object.key()));
            }
        }
    }

    private byte[] read(String key) {
        return shop.stack()
                .s3()
                .getObjectAsBytes(get -> get.bucket(shop.stack().name("FilesBucket")).key(key))
                .asByteArray();
    }

    private static void write(Path file, byte[] content) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String unzipped(byte[] content) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(content))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
