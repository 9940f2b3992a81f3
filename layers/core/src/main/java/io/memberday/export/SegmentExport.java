package io.memberday.export;

import io.memberday.event.BusEvent;
import io.memberday.event.EventBus;
import io.memberday.export.Export.PartedFile;
import io.memberday.export.Export.State;
import io.memberday.export.Recorder.Overtaken;
import io.memberday.file.FileStore;
import io.memberday.file.Uploads;
import io.memberday.json.BadInput;
import io.memberday.member.MemberScan;
import io.memberday.segment.Vantage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Writes a segment to files (R67), in as many invocations as it takes. Every part that is stored is
 * recorded with the place of the scan, so that whoever comes next goes on there; no file is seen
 * before all parts of all files are stored, and the manifest comes last: a folder without one is no
 * export. What goes wrong on the way is thrown, and no manifest is written: an export is whole or
 * failed (P7).
 *
 * <p>Left out by default are members who agreed to marketing on no channel; of the others an
 * address is given only where its channel's marketing was agreed to.
 */
public final class SegmentExport {
    private static final String FOLDER = "exports/";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final MemberScan members;
    private final Uploads uploads;
    private final FileStore files;
    private final Records records;
    private final EventBus bus;
    private final Supplier<String> workers;
    private final Sizes sizes;

    /**
     * What is written down of exports.
     *
     * @param progress how far they are
     * @param log who took what
     */
    public record Records(ExportStore progress, ExportLog log) {}

    /**
     * Where files and parts end: after the first page of the scan that reaches one of these.
     *
     * @param rowsPerFile with a page more at most
     * @param partBytes compressed, of the smallest format
     * @param page members in one read
     */
    public record Sizes(int rowsPerFile, int partBytes, int page) {
        /** Excel opens 1,048,576 rows of a file and drops the rest. */
        public static final Sizes USUAL = new Sizes(1_000_000, Uploads.LEAST_PART, 1_000);
    }

    /** How a worker left an export. */
    public enum End {
        /** The manifest is stored. */
        DONE,
        /** Time was short: an event for the rest is on the bus. */
        CONTINUED,
        /** Another worker has taken it over, and goes on. */
        OVERTAKEN,
        /** It was aborted. */
        ABORTED
    }

    /**
     * @param manifest once it is stored
     */
    public record Left(String id, End end, Optional<Manifest> manifest) {}

    /**
     * @param workers names workers, each differently
     */
    public SegmentExport(
            MemberScan members,
            Uploads uploads,
            FileStore files,
            Records records,
            EventBus bus,
            Supplier<String> workers,
            Sizes sizes) {
        this.members = members;
        this.uploads = uploads;
        this.files = files;
        this.records = records;
        this.bus = bus;
        this.workers = workers;
        this.sizes = sizes;
    }

    /** The address of an export's manifest. */
    public String address(String id) {
        return files.address(path(id, "manifest.json"));
    }

    /**
     * Begins an export; one that has begun under this token stays as it is.
     *
     * @param token letters and digits that are this request's alone, also when it is repeated
     * @return the export's id
     */
    public String begin(String token, ExportRequest request, Instant now) {
        String id = request.name() + "-" + TIME.format(now) + "-" + token;
        Export fresh =
                new Export(
                        id,
                        1,
                        "nobody",
                        State.SCANNING,
                        request,
                        now,
                        Optional.empty(),
                        0,
                        0,
                        0,
                        1,
                        List.of());
        return records.progress().write(fresh) ? id : find(token).id();
    }

    /**
     * Goes on with an export until it is done or time is short.
     *
     * @param vantages from where the shop looks at members at a time
     * @param timeLeft whether there is time for one more page, or to read back one more file
     * @throws BadInput if there is no such export
     * @throws RuntimeException whatever goes wrong: the export can be taken up again
     */
    public Left proceed(String id, Function<Instant, Vantage> vantages, BooleanSupplier timeLeft) {
        Export found = find(Export.token(id));
        if (found.state() == State.DONE) {
            return new Left(found.id(), End.DONE, Optional.of(found.manifest()));
        }
        if (found.state() == State.ABORTED) {
            return new Left(found.id(), End.ABORTED, Optional.empty());
        }
        Recorder recorder = new Recorder(records.progress(), found);
        try {
            recorder.record(found.next(workers.get(), found.state()));
            Vantage vantage = vantages.apply(found.at());
            boolean done =
                    found.state() == State.FINISHING
                            || new Scanning(members, uploads, recorder, sizes, vantage)
                                    .scan(timeLeft);
            if (!done || !new Finishing(uploads, recorder).finish(timeLeft)) {
                bus.put(List.of(BusEvent.exportDue(found.id())));
                return new Left(found.id(), End.CONTINUED, Optional.empty());
            }
            return new Left(found.id(), End.DONE, Optional.of(publish(recorder)));
        } catch (Overtaken _) {
            return new Left(found.id(), End.OVERTAKEN, Optional.empty());
        } catch (IOException e) {
            throw new UncheckedIOException("export " + found.id() + " has no manifest", e);
        }
    }

    /**
     * Gives an export up: nothing remains of its parts and files.
     *
     * @throws BadInput if there is no such export, or its manifest is stored already
     */
    public void abort(String id) {
        Export found = find(Export.token(id));
        Recorder recorder = new Recorder(records.progress(), found);
        try {
            if (found.state() == State.DONE) {
                throw new BadInput("export", id, "is done: delete its files");
            }
            if (found.state() != State.ABORTED) {
                recorder.record(found.next(workers.get(), State.ABORTED));
            }
        } catch (Overtaken _) {
            abort(id);
            return;
        }
        for (PartedFile file : recorder.latest().files()) {
            String name = path(found.id(), file.name());
            uploads.abort(name, file.upload());
            uploads.delete(name);
        }
    }

    private Manifest publish(Recorder recorder) throws Overtaken {
        Export export = recorder.latest();
        Manifest manifest = export.manifest();
        records.log().note(manifest);
        files.put(
                path(export.id(), "manifest.json"),
                "application/json",
                manifest.json().getBytes(StandardCharsets.UTF_8));
        recorder.record(export.next(export.owner(), State.DONE));
        return manifest;
    }

    private Export find(String token) {
        return records.progress()
                .find(token)
                .orElseThrow(() -> new BadInput("export", token, "there is no such export"));
    }

    static String path(String id, String name) {
        return FOLDER + id + "/" + name;
    }
}
