package io.memberday.export;

import io.memberday.export.Export.PartedFile;
import io.memberday.export.Recorder.Overtaken;
import io.memberday.file.Sha256;
import io.memberday.file.Uploads;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Makes the files of an export visible, one after another, and reads each back: the checksum in the
 * manifest is of what the store holds, and every part in it is what was sent. A digest that grows
 * with the parts would not outlive the worker that computes it.
 */
final class Finishing {
    private static final int CHUNK = 64 * 1024;

    private final Uploads uploads;
    private final Recorder recorder;

    Finishing(Uploads uploads, Recorder recorder) {
        this.uploads = uploads;
        this.recorder = recorder;
    }

    /**
     * @return whether all files are there
     */
    boolean finish(BooleanSupplier timeLeft) throws IOException, Overtaken {
        for (int i = 0; i < recorder.latest().files().size(); i++) {
            Export export = recorder.latest();
            PartedFile file = export.files().get(i);
            if (file.sha256().isEmpty()) {
                String name = SegmentExport.path(export.id(), file.name());
                uploads.complete(name, file.upload(), file.parts());
                List<PartedFile> files = new ArrayList<>(export.files());
                files.set(i, file.stored(readBack(name, file.parts())));
                recorder.record(export.with(files));
                boolean last = i == files.size() - 1;
                if (!last && !timeLeft.getAsBoolean()) {
                    return false;
                }
            }
        }
        return true;
    }

    private String readBack(String name, List<Uploads.Part> parts) throws IOException {
        MessageDigest whole = Sha256.digest();
        byte[] chunk = new byte[CHUNK];
        try (InputStream in = uploads.read(name)) {
            for (Uploads.Part part : parts) {
                MessageDigest its = Sha256.digest();
                long left = part.bytes();
                while (left > 0) {
                    int read = in.read(chunk, 0, (int) Math.min(chunk.length, left));
                    if (read < 0) {
                        throw new IOException(name + " is shorter than its parts");
                    }
                    whole.update(chunk, 0, read);
                    its.update(chunk, 0, read);
                    left -= read;
                }
                if (!HexFormat.of().formatHex(its.digest()).equals(part.sha256())) {
                    throw new IOException(
                            "%s: part %d is not what was sent".formatted(name, part.number()));
                }
            }
            if (in.read() >= 0) {
                throw new IOException(name + " is longer than its parts");
            }
        }
        return HexFormat.of().formatHex(whole.digest());
    }
}
