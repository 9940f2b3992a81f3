package io.memberday.local.page;

import io.memberday.file.Sha256;
import io.memberday.json.Fields;
import io.memberday.json.Json;

import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reports and exports in the bucket. */
final class Files {
    private static final String REPORTS = "reports/";
    private static final String EXPORTS = "exports/";
    private static final String MANIFEST = "manifest.json";

    private final PageSources sources;
    private final Moments moments;

    /**
     * @param name without its folders
     * @param type as it was stored
     */
    record Content(String name, String type, byte[] bytes) {}

    Files(PageSources sources, Moments moments) {
        this.sources = sources;
        this.moments = moments;
    }

    /** A file that the page may show: of reports and exports only. */
    Content read(String key) {
        if (!key.startsWith(REPORTS) && !key.startsWith(EXPORTS)) {
            throw new Refusal(404, "there is no such report or export");
        }
        try {
            var object =
                    sources.s3().getObjectAsBytes(get -> get.bucket(sources.bucket()).key(key));
            return new Content(
                    key.substring(key.lastIndexOf('/') + 1),
                    object.response().contentType(),
                    object.asByteArray());
        } catch (NoSuchKeyException e) {
            throw new Refusal(404, "there is no file " + key);
        }
    }

    /** The files of a run's report, with the page first. */
    List<Map<String, String>> reports(String run) {
        return list(REPORTS + run + "/").stream()
                .map(S3Object::key)
                .sorted(Comparator.comparing((String key) -> !key.endsWith(".html")))
                .map(
                        key ->
                                Map.of(
                                        "key",
                                        key,
                                        "name",
                                        key.endsWith(".html")
                                                ? "report"
                                                : key.substring(key.lastIndexOf('/') + 1)))
                .toList();
    }

    /** The exports, each as its manifest says it, the latest first. */
    Map<String, Object> exports() {
        List<S3Object> all = list(EXPORTS);
        Map<String, Long> sizes = new LinkedHashMap<>();
        all.forEach(file -> sizes.put(file.key(), file.size()));
        List<Map<String, Object>> exports = new ArrayList<>();
        for (S3Object file : all) {
            if (file.key().endsWith("/" + MANIFEST)) {
                exports.add(export(file.key(), sizes));
            }
        }
        exports.sort(
                Comparator.comparing(
                        (Map<String, Object> export) -> String.valueOf(export.get("at"))));
        return Map.of("exports", exports.reversed());
    }

    private Map<String, Object> export(String key, Map<String, Long> sizes) {
        String folder = key.substring(0, key.length() - MANIFEST.length());
        Fields manifest =
                Json.read(
                        sources.s3()
                                .getObjectAsBytes(get -> get.bucket(sources.bucket()).key(key))
                                .asUtf8String());
        Map<String, Object> export = new LinkedHashMap<>();
        export.put("key", key);
        for (String name : List.of("segment", "expression", "by", "rows", "leftOut")) {
            export.put(name, manifest.raw(name).orElse(""));
        }
        export.put("at", moments.written(manifest.time("at")));
        List<Map<String, Object>> files = new ArrayList<>();
        for (Fields file : manifest.objects("files")) {
            Map<String, Object> row = new LinkedHashMap<>(file.asMap());
            String name = folder + file.text("name");
            row.put("key", name);
            row.put(
                    "same",
                    file.whole("bytes", 0, Long.MAX_VALUE) == sizes.getOrDefault(name, -1L)
                            && file.text("sha256").equals(Sha256.hex(read(name).bytes())));
            files.add(row);
        }
        export.put("files", files);
        return export;
    }

    private List<S3Object> list(String prefix) {
        return sources
                .s3()
                .listObjectsV2Paginator(list -> list.bucket(sources.bucket()).prefix(prefix))
                .contents()
                .stream()
                .toList();
    }
}
