package io.memberday.local.kill;

import io.memberday.local.engine.Repository;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * The repository's template over a playbook layer whose channels take thousands a second: senders
 * pace themselves in real time, and a test has none to spare.
 */
final class FastPlaybook {
    private static final String LAYER = "layers/playbook/target/playbook-layer.zip";

    private FastPlaybook() {}

    /** Writes template and layer into a folder, and says where the template is. */
    static Path template(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path layer = folder.resolve("playbook-layer.zip");
        try (InputStream built = Files.newInputStream(Repository.root().resolve(LAYER))) {
            Files.write(layer, faster(built));
        }
        return Files.writeString(
                folder.resolve("template.yaml"),
                Files.readString(Repository.template()).replace(LAYER, layer.toString()));
    }

    /** A zip with every jar in it, and the playbook in one of them, made anew. */
    private static byte[] faster(InputStream zip) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipInputStream in = new ZipInputStream(zip);
                ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                byte[] content = in.readAllBytes();
                if (entry.getName().endsWith(".jar")) {
                    content = faster(new ByteArrayInputStream(content));
                } else if (entry.getName().endsWith("playbook.json")) {
                    content =
                            new String(content, StandardCharsets.UTF_8)
                                    .replaceAll("\"perSecond\":\\d+", "\"perSecond\":5000")
                                    .getBytes(StandardCharsets.UTF_8);
                }
                out.putNextEntry(new ZipEntry(entry.getName()));
                out.write(content);
            }
        }
        return bytes.toByteArray();
    }
}
