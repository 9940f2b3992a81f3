package io.memberday.export;

import io.memberday.export.ExportRequest.Format;
import io.memberday.file.Uploads;
import io.memberday.json.Fields;
import io.memberday.json.Json;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An export on its way, as it was last recorded: whoever takes it up goes on from here.
 *
 * @param id its folder's name; ends with its {@link #token}
 * @param version grows by one with every record
 * @param owner the worker that recorded it
 * @param state how far it is
 * @param request what was asked
 * @param at when members are looked at
 * @param after where the scan goes on; empty at its start, and when it is done
 * @param scanned members read so far, merged ones left out
 * @param rows members in parts that are stored
 * @param suppressed members left out
 * @param nextPart the number of the next part of every file. It grows with every record, so that
 *     the number of a part belongs to one worker alone, and a worker that was thought dead
 *     overwrites nothing
 * @param files in the sequence in which they were begun
 */
public record Export(
        String id,
        long version,
        String owner,
        State state,
        ExportRequest request,
        Instant at,
        Optional<String> after,
        long scanned,
        long rows,
        long suppressed,
        int nextPart,
        List<PartedFile> files) {
    private static final String FILES = "files";
    private static final String PARTS = "parts";

    /** How far an export is. */
    public enum State {
        /** Members are read and parts stored; nothing is seen. */
        SCANNING,
        /** All parts are stored; files become visible one after another, then the manifest. */
        FINISHING,
        /** The manifest is stored. */
        DONE,
        /** Given up: its parts and files are deleted. */
        ABORTED
    }

    /**
     * One file.
     *
     * @param name within the export's folder
     * @param upload by which its parts are stored
     * @param rows members in its parts
     * @param sealed whether no part comes to it any more
     * @param parts stored so far
     * @param sha256 of the whole, in hex; empty until the file is stored and was read back
     */
    public record PartedFile(
            String name,
            Format format,
            String upload,
            long rows,
            boolean sealed,
            List<Uploads.Part> parts,
            String sha256) {
        public PartedFile {
            parts = List.copyOf(parts);
        }

        long bytes() {
            return parts.stream().mapToLong(Uploads.Part::bytes).sum();
        }

        PartedFile stored(String wholeSha256) {
            return new PartedFile(name, format, upload, rows, sealed, parts, wholeSha256);
        }
    }

    public Export {
        files = List.copyOf(files);
    }

    /** The last part of its id: under it the store finds it. */
    public String token() {
        return token(id);
    }

    static String token(String id) {
        return id.substring(id.lastIndexOf('-') + 1);
    }

    /** The next record of the same export by a worker, in a state. */
    Export next(String worker, State then) {
        return with(worker, then, files);
    }

    /** The next record of the same export by its worker, with these files. */
    Export with(List<PartedFile> now) {
        return with(owner, state, now);
    }

    private Export with(String worker, State then, List<PartedFile> now) {
        return new Export(
                id,
                version + 1,
                worker,
                then,
                request,
                at,
                after,
                scanned,
                rows,
                suppressed,
                nextPart + 1,
                now);
    }

    /** Files to which parts still come. */
    List<PartedFile> open() {
        return files.stream().filter(file -> !file.sealed()).toList();
    }

    /** What the export holds, once all its files are stored. */
    Manifest manifest() {
        for (Format format : request.formats()) {
            long inFiles =
                    files.stream()
                            .filter(file -> file.format() == format)
                            .mapToLong(PartedFile::rows)
                            .sum();
            if (inFiles != rows) {
                throw new IllegalStateException(
                        "%s: %d members, but %d rows in %s files"
                                .formatted(id, rows, inFiles, format.key()));
            }
        }
        return new Manifest(
                id,
                request,
                at,
                scanned,
                rows,
                suppressed,
                files.stream()
                        .map(
                                file ->
                                        new Manifest.Part(
                                                file.name(),
                                                file.format(),
                                                file.rows(),
                                                file.bytes(),
                                                file.sha256()))
                        .toList());
    }

    /** The record as JSON; {@link #read} reads it. */
    public String json() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("id", id);
        values.put("version", version);
        values.put("owner", owner);
        values.put("state", state.name());
        values.put("request", request.values());
        values.put("at", at.toString());
        after.ifPresent(key -> values.put("after", key));
        values.put("scanned", scanned);
        values.put("rows", rows);
        values.put("suppressed", suppressed);
        values.put("nextPart", nextPart);
        values.put(FILES, files.stream().map(Export::values).toList());
        return Json.write(values);
    }

    /**
     * Reads {@link #json}.
     *
     * @throws io.memberday.json.BadInput if it is something else
     */
    public static Export read(String json) {
        Fields fields = Json.read(json);
        return new Export(
                fields.text("id"),
                count(fields, "version"),
                fields.text("owner"),
                State.valueOf(fields.text("state")),
                ExportRequest.stored(fields.object("request")),
                fields.time("at"),
                fields.optionalText("after"),
                count(fields, "scanned"),
                count(fields, "rows"),
                count(fields, "suppressed"),
                Math.toIntExact(count(fields, "nextPart")),
                fields.objects(FILES).stream().map(Export::file).toList());
    }

    private static Map<String, Object> values(PartedFile file) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", file.name());
        values.put("format", file.format().key());
        values.put("upload", file.upload());
        values.put("rows", file.rows());
        values.put("sealed", file.sealed());
        values.put("sha256", file.sha256());
        values.put(
                PARTS,
                file.parts().stream()
                        .map(
                                part ->
                                        List.of(
                                                part.number(),
                                                part.tag(),
                                                part.bytes(),
                                                part.sha256()))
                        .toList());
        return values;
    }

    private static PartedFile file(Fields fields) {
        String format = fields.text("format");
        return new PartedFile(
                fields.text("name"),
                Arrays.stream(Format.values())
                        .filter(each -> each.key().equals(format))
                        .findFirst()
                        .orElseThrow(() -> fields.bad("format", "is no format")),
                fields.text("upload"),
                count(fields, "rows"),
                fields.optionalTruth("sealed").orElse(false),
                fields.list(PARTS).stream().map(part -> part((List<?>) part)).toList(),
                fields.optionalText("sha256").orElse(""));
    }

    private static Uploads.Part part(List<?> stored) {
        return new Uploads.Part(
                ((Number) stored.get(0)).intValue(),
                (String) stored.get(1),
                ((Number) stored.get(2)).longValue(),
                (String) stored.get(3));
    }

    private static long count(Fields fields, String name) {
        return fields.whole(name, 0, Long.MAX_VALUE);
    }
}
