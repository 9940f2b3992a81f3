package io.memberday.local.template;

import io.memberday.json.Fields;
import io.memberday.local.engine.Intrinsic;
import io.memberday.local.engine.Repository;
import io.memberday.local.engine.Template;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** What a deployment would upload: the template, and the zips that it names. */
final class Deployment {
    static final Template TEMPLATE = Template.read(Repository.template());

    private Deployment() {}

    static Stream<Template.Function> functions() {
        return TEMPLATE.functions().stream();
    }

    /** A resource's properties as they would be on AWS. */
    static Fields resolved(Template.Resource resource) {
        return resolved(resource.logicalId(), resource.properties());
    }

    static Fields resolved(Template.Event event) {
        return resolved(event.name(), event.properties());
    }

    private static Fields resolved(String name, Map<String, Object> properties) {
        return Fields.of(name, (Map<?, ?>) TEMPLATE.resolve(properties));
    }

    static String arn(Template.Resource resource) {
        return (String) TEMPLATE.resolve(new Intrinsic.GetAtt(resource.logicalId(), "Arn"));
    }

    static Stream<Template.Resource> layers() {
        return TEMPLATE.resources("AWS::Serverless::LayerVersion").stream();
    }

    /** The module's folder name, as in {@code order-webhook}. */
    static String module(Template.Function function) {
        return Path.of(function.codeUri()).getName(1).toString();
    }

    /** A zip's files by name, in the zip's order; folders are left out. */
    static Map<String, byte[]> files(String uri) {
        Path zip = Repository.root().resolve(uri);
        try (InputStream in = Files.newInputStream(zip)) {
            return files(in);
        } catch (IOException e) {
            throw new UncheckedIOException("build it with ./mvnw package", e);
        }
    }

    static Map<String, byte[]> files(InputStream in) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        ZipInputStream zip = new ZipInputStream(in);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (!entry.isDirectory()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }

    /**
     * The class files of ours that would run: those of every function and of our own layers' jars.
     */
    static List<byte[]> ourClasses() throws IOException {
        List<byte[]> classes = new ArrayList<>();
        for (Template.Function function : TEMPLATE.functions()) {
            classes.addAll(classes(files(function.codeUri())));
        }
        for (Template.Resource layer : layers().toList()) {
            for (Map.Entry<String, byte[]> jar : files(contentUri(layer)).entrySet()) {
                if (jar.getKey().contains("/memberday-")) {
                    try (InputStream in = new ByteArrayInputStream(jar.getValue())) {
                        classes.addAll(classes(files(in)));
                    }
                }
            }
        }
        return classes;
    }

    static String contentUri(Template.Resource layer) {
        return (String) layer.properties().get("ContentUri");
    }

    private static List<byte[]> classes(Map<String, byte[]> files) {
        return files.entrySet().stream()
                .filter(file -> file.getKey().endsWith(".class"))
                .map(Map.Entry::getValue)
                .toList();
    }
}
