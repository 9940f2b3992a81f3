package io.memberday.export;

import io.memberday.export.ExportRequest.Format;
import io.memberday.json.Json;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an export holds: it equals the files, and is written last (P7).
 *
 * @param id of the export, its folder
 * @param request what was asked
 * @param at when members were looked at
 * @param scanned members read, merged ones left out
 * @param rows members exported: the sum of the rows of each format's files
 * @param suppressed members of the segment who were left out because they agreed to marketing on no
 *     channel
 * @param files all of them
 */
public record Manifest(
        String id,
        ExportRequest request,
        Instant at,
        long scanned,
        long rows,
        long suppressed,
        List<Part> files) {

    /**
     * One file.
     *
     * @param name within the export's folder
     * @param format before compression with gzip
     * @param rows members in it; a CSV has a line of headings besides
     * @param bytes as stored
     * @param sha256 of these bytes, in hex
     */
    public record Part(String name, Format format, long rows, long bytes, String sha256) {}

    /** The manifest file's text. */
    public String json() {
        return Json.write(values());
    }

    /** The manifest as a JSON object. */
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("id", id);
        values.put("segment", request.name());
        values.put("expression", request.segment().source());
        values.put("at", at.toString());
        values.put("by", request.by());
        values.put("columns", request.columns().stream().map(Column::key).toList());
        values.put("hashed", request.hashed());
        values.put("includeSuppressed", request.includeSuppressed());
        values.put("scanned", scanned);
        values.put("rows", rows);
        values.put("leftOut", Map.of("suppressed", suppressed));
        values.put("files", files.stream().map(Manifest::part).toList());
        return values;
    }

    private static Map<String, Object> part(Part part) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", part.name());
        values.put("format", part.format().key());
        values.put("rows", part.rows());
        values.put("bytes", part.bytes());
        values.put("sha256", part.sha256());
        return values;
    }
}
