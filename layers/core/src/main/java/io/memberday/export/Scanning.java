package io.memberday.export;

import io.memberday.export.Column.View;
import io.memberday.export.Export.PartedFile;
import io.memberday.export.Export.State;
import io.memberday.export.ExportRequest.Format;
import io.memberday.export.Recorder.Overtaken;
import io.memberday.export.SegmentExport.Sizes;
import io.memberday.file.Uploads;
import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.member.MemberScan;
import io.memberday.member.MemberScan.ScanPage;
import io.memberday.segment.Vantage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Reads members and stores those of a segment as parts of files. All formats are cut after the same
 * page of the scan, when each has a part's least size, so that one record holds for all of them.
 */
final class Scanning {
    private static final String GZIP = "application/gzip";

    private final MemberScan members;
    private final Uploads uploads;
    private final Recorder recorder;
    private final Sizes sizes;
    private final Vantage vantage;
    private final ExportRequest request;
    private final View view;
    private List<RowBlock> blocks = List.of();
    private long scanned;
    private long rows;
    private long suppressed;

    Scanning(MemberScan members, Uploads uploads, Recorder recorder, Sizes sizes, Vantage vantage) {
        this.members = members;
        this.uploads = uploads;
        this.recorder = recorder;
        this.sizes = sizes;
        this.vantage = vantage;
        request = recorder.latest().request();
        view = new View(vantage, request.includeSuppressed());
    }

    /**
     * Scans on until the end, or until time is short: then the open files end here, as their last
     * rows may be too few for a part that another could follow.
     *
     * @return whether the scan is done
     */
    boolean scan(BooleanSupplier timeLeft) throws IOException, Overtaken {
        Optional<String> after = recorder.latest().after();
        startBlocks();
        while (true) {
            ScanPage page = members.page(0, 1, after, sizes.page());
            for (Member member : page.members()) {
                see(member);
            }
            after = page.next();
            boolean done = after.isEmpty();
            boolean late = !done && !timeLeft.getAsBoolean();
            boolean full = inOpenFiles() + rows >= sizes.rowsPerFile();
            boolean cut = done || late || full || large();
            if (cut) {
                cut(after, done || late || full);
            }
            if (done || late) {
                return done;
            }
            if (cut) {
                startBlocks();
            }
        }
    }

    private void startBlocks() throws IOException {
        boolean fileBegins =
                recorder.latest().open().stream().allMatch(file -> file.parts().isEmpty());
        List<RowBlock> made = new ArrayList<>();
        for (Format format : request.formats()) {
            made.add(new RowBlock(format, request.columns(), view, fileBegins));
        }
        blocks = made;
        scanned = 0;
        rows = 0;
        suppressed = 0;
    }

    private void see(Member member) throws IOException {
        if (member.mergedInto().isPresent()) {
            return;
        }
        scanned++;
        if (!request.segment().matches(member, vantage)) {
            return;
        }
        if (!request.includeSuppressed() && isSuppressed(member)) {
            suppressed++;
            return;
        }
        for (RowBlock block : blocks) {
            block.add(member);
        }
        rows++;
    }

    private boolean large() {
        return blocks.stream().allMatch(block -> block.size() >= sizes.partBytes());
    }

    private long inOpenFiles() {
        return recorder.latest().open().stream().mapToLong(PartedFile::rows).findFirst().orElse(0);
    }

    /** Stores what was seen since the last cut and records it. */
    private void cut(Optional<String> after, boolean seal) throws IOException, Overtaken {
        boolean empty = recorder.latest().files().isEmpty() && after.isEmpty();
        if (rows > 0 || empty) {
            openFiles();
        }
        Export before = recorder.latest();
        List<PartedFile> files = new ArrayList<>();
        for (PartedFile file : before.files()) {
            files.add(file.sealed() ? file : grown(before, file, seal));
        }
        recorder.record(
                new Export(
                        before.id(),
                        before.version() + 1,
                        before.owner(),
                        after.isEmpty() ? State.FINISHING : State.SCANNING,
                        before.request(),
                        before.at(),
                        after,
                        before.scanned() + scanned,
                        before.rows() + rows,
                        before.suppressed() + suppressed,
                        before.nextPart() + 1,
                        files));
    }

    /** Uploads are recorded before their first part: an abort must know them. */
    private void openFiles() throws Overtaken {
        Export before = recorder.latest();
        if (!before.open().isEmpty()) {
            return;
        }
        int number = before.files().size() / request.formats().size();
        List<PartedFile> files = new ArrayList<>(before.files());
        for (Format format : request.formats()) {
            String name = "members-%05d.%s.gz".formatted(number, format.key());
            String upload = uploads.begin(SegmentExport.path(before.id(), name), GZIP);
            files.add(new PartedFile(name, format, upload, 0, false, List.of(), ""));
        }
        recorder.record(before.with(files));
    }

    private PartedFile grown(Export export, PartedFile file, boolean seal) throws IOException {
        List<Uploads.Part> parts = new ArrayList<>(file.parts());
        if (rows > 0 || parts.isEmpty()) {
            byte[] content = block(file.format()).end();
            String name = SegmentExport.path(export.id(), file.name());
            parts.add(uploads.put(name, file.upload(), export.nextPart(), content));
        }
        return new PartedFile(
                file.name(), file.format(), file.upload(), file.rows() + rows, seal, parts, "");
    }

    private RowBlock block(Format format) {
        return blocks.stream().filter(block -> block.format() == format).findFirst().orElseThrow();
    }

    private static boolean isSuppressed(Member member) {
        return Arrays.stream(Channel.values())
                .noneMatch(channel -> member.consents().allow(channel, Kind.MARKETING));
    }
}
