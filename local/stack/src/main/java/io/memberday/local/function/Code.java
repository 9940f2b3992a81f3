package io.memberday.local.function;

import io.memberday.local.engine.Template;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The code of a template's functions, from the built zips that the template names: laid out as
 * Lambda does, or loaded, one class loader per function over one per set of layers.
 */
public final class Code {
    private final Template template;
    private final Path root;
    private final Unzipped unzipped;
    private final ClassLoader runtime = new LambdaRuntimeLoader();
    private final Map<List<String>, ClassLoader> layers = new HashMap<>();
    private final Map<String, Class<?>> handlers = new HashMap<>();

    /**
     * @param root the folder to which the template's paths are relative
     * @param folder where zips are laid out
     */
    public Code(Template template, Path root, Path folder) {
        this.template = template;
        this.root = root;
        this.unzipped = new Unzipped(folder);
    }

    /**
     * Where a function's code lies.
     *
     * @param taskRoot its zip, laid out
     * @param layers what its layers put on the class path
     */
    public record Laid(Path taskRoot, List<Path> layers) {}

    /**
     * Lays out a function's zip and its layers' zips.
     *
     * @throws IllegalStateException if a zip is not built
     */
    public Laid layOut(Template.Function function) {
        List<Path> classPath = new ArrayList<>();
        layersOf(function).forEach(id -> classPath.addAll(unzipped.layer(zipOf(id))));
        return new Laid(unzipped.function(root.resolve(function.codeUri())), classPath);
    }

    /**
     * Loads one function's handler class; again the same at the next time.
     *
     * @throws IllegalStateException if a zip is not built or the class is in none
     */
    public synchronized Class<?> handler(Template.Function function) {
        return handlers.computeIfAbsent(function.logicalId(), id -> load(function));
    }

    private Class<?> load(Template.Function function) {
        String name = function.handler().split("::", 2)[0];
        Laid laid = layOut(function);
        ClassLoader below =
                layers.computeIfAbsent(
                        layersOf(function),
                        ids -> loader(String.join("+", ids), laid.layers(), runtime));
        URLClassLoader loader =
                loader(function.logicalId(), Unzipped.withJars(laid.taskRoot()), below);
        try {
            return loader.loadClass(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(
                    "%s is not in %s, as %s wants"
                            .formatted(name, function.codeUri(), function.logicalId()),
                    e);
        }
    }

    private List<String> layersOf(Template.Function function) {
        return template.resolve(function.properties().get("Layers")) instanceof List<?> list
                ? list.stream().map(Object::toString).toList()
                : List.of();
    }

    private Path zipOf(String layer) {
        return template.resources("AWS::Serverless::LayerVersion").stream()
                .filter(resource -> template.nameOf(resource.logicalId()).equals(layer))
                .map(resource -> template.resolve(resource.properties().get("ContentUri")))
                .map(uri -> root.resolve(String.valueOf(uri)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the template has no layer " + layer));
    }

    private static URLClassLoader loader(String name, List<Path> classPath, ClassLoader parent) {
        return new URLClassLoader(
                name, classPath.stream().map(Code::url).toArray(URL[]::new), parent);
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }
}
