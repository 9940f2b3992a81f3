package io.memberday.local;

import io.memberday.local.engine.Repository;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** The repository's template over a playbook layer that says something else in a few places. */
public final class ChangedPlaybook {
    private static final String LAYER = "layers/playbook/target/playbook-layer.zip";

    private ChangedPlaybook() {}

    /**
     * Writes template and layer into a folder, and says where the template is.
     *
     * @param change of the compiled playbook's JSON
     */
    public static Path template(Path folder, UnaryOperator<String> change) throws IOException {
        Files.createDirectories(folder);
        Path layer = folder.resolve("playbook-layer.zip");
        try (InputStream built = Files.newInputStream(Repository.root().resolve(LAYER))) {
            Files.write(layer, changed(built, change));
        }
        return Files.writeString(
                folder.resolve("template.yaml"),
                Files.readString(Repository.template()).replace(LAYER, layer.toString()));
    }

    /** A zip with every jar in it, and the playbook in one of them, made anew. */
    private static byte[] changed(InputStream zip, UnaryOperator<String> change)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipInputStream in = new ZipInputStream(zip);
                ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                byte[] content = in.readAllBytes();
                if (entry.getName().endsWith(".jar")) {
                    content = changed(new ByteArrayInputStream(content), change);
                } else if (entry.getName().endsWith("playbook.json")) {
                    content =
                            change.apply(new String(content, StandardCharsets.UTF_8))
                                    .getBytes(StandardCharsets.UTF_8);
                }
                out.putNextEntry(new ZipEntry(entry.getName()));
                out.write(content);
            }
        }
        return bytes.toByteArray();
    }
}
