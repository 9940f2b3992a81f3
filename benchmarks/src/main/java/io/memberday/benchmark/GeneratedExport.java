package io.memberday.benchmark;

import io.memberday.export.Column;
import io.memberday.export.ExportRequest;
import io.memberday.export.ExportRequest.Format;
import io.memberday.export.InMemoryExportStore;
import io.memberday.export.Manifest;
import io.memberday.export.SegmentExport;
import io.memberday.export.SegmentExport.Records;
import io.memberday.export.SegmentExport.Sizes;
import io.memberday.file.InMemoryFileStore;
import io.memberday.file.Sha256;
import io.memberday.file.Uploads;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.Playbooks;
import io.memberday.playbook.Store;
import io.memberday.segment.Segment;
import io.memberday.segment.SegmentCompiler;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An export of any length to a folder. */
final class GeneratedExport {
    private GeneratedExport() {}

    /**
     * Writes it.
     *
     * @param arguments how many members
     */
    public static void main(String[] arguments) throws Exception {
        long members = Long.parseLong(arguments[0]);
        Path folder = Files.createTempDirectory("export-benchmark-");
        try (PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8)) {
            Manifest manifest = export(members, folder);
            out.printf(
                    "%,d rows in %d files of %,d bytes%n",
                    manifest.rows(),
                    manifest.files().size(),
                    manifest.files().stream().mapToLong(Manifest.Part::bytes).sum());
            Peak.print(out, members);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
    }

    static Manifest export(long members, Path folder) {
        Playbook playbook = Playbooks.load();
        SegmentExport export =
                new SegmentExport(
                        new GeneratedScan(members),
                        new InFolder(folder),
                        new InMemoryFileStore(),
                        new Records(new InMemoryExportStore(), manifest -> {}),
                        events -> {},
                        () -> "worker",
                        Sizes.USUAL);
        ExportRequest request =
                new ExportRequest(
                        "everybody",
                        everybody(playbook),
                        List.of(Format.values()),
                        Column.usual(false),
                        false,
                        true,
                        "benchmark");
        String id = export.begin("token", request, Shoppers.TEN);
        return export.proceed(id, playbook::vantage, () -> true).manifest().orElseThrow();
    }

    private static Segment everybody(Playbook playbook) {
        Store store = playbook.store();
        return new SegmentCompiler(store.currency(), store.horizon(), playbook.ladder())
                .compile("keptPurchases >= 0", Optional.empty());
    }

    /** Parts as files of a folder. */
    private record InFolder(Path folder) implements Uploads {
        @Override
        public String begin(String name, String contentType) {
            return HexFormat.of().formatHex(name.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public Part put(String name, String upload, int number, byte[] content) {
            try {
                Files.write(folder.resolve(upload + "." + number), content);
                return new Part(number, "tag", content.length, Sha256.hex(content));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void complete(String name, String upload, List<Part> parts) {
            try (OutputStream out = Files.newOutputStream(folder.resolve(upload))) {
                for (Part part : parts) {
                    Path file = folder.resolve(upload + "." + part.number());
                    Files.copy(file, out);
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public InputStream read(String name) {
            try {
                return Files.newInputStream(folder.resolve(begin(name, "")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void abort(String name, String upload) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void delete(String name) {
            throw new UnsupportedOperationException();
        }
    }
}
