package io.memberday.local.function;

import io.memberday.local.engine.Template;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The code of a template's functions: one class loader per function over one per set of layers,
 * each reading the built zips that the template names.
 */
public final class Code {
    private final Template template;
    private final Path root;
    private final Unzipped unzipped;
    private final ClassLoader runtime = new LambdaRuntimeLoader();
    private final Map<List<String>, ClassLoader> layers = new HashMap<>();

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
     * Loads one function's handler class.
     *
     * @throws IllegalStateException if a zip is not built or the class is in none
     */
    public Class<?> handler(Template.Function function) {
        String name = function.handler().split("::", 2)[0];
        URLClassLoader loader =
                loader(
                        function.logicalId(),
                        unzipped.function(root.resolve(function.codeUri())),
                        layersOf(function));
        try {
            return loader.loadClass(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(
                    "%s is not in %s, as %s wants"
                            .formatted(name, function.codeUri(), function.logicalId()),
                    e);
        }
    }

    private synchronized ClassLoader layersOf(Template.Function function) {
        List<String> names =
                template.resolve(function.properties().get("Layers")) instanceof List<?> list
                        ? list.stream().map(Object::toString).toList()
                        : List.of();
        return layers.computeIfAbsent(
                names,
                ids -> {
                    List<URL> classPath = new ArrayList<>();
                    ids.forEach(id -> classPath.addAll(unzipped.layer(zipOf(id))));
                    return loader(String.join("+", ids), classPath, runtime);
                });
    }

    private Path zipOf(String layer) {
        return template.resources("AWS::Serverless::LayerVersion").stream()
                .filter(resource -> template.nameOf(resource.logicalId()).equals(layer))
                .map(resource -> template.resolve(resource.properties().get("ContentUri")))
                .map(uri -> root.resolve(String.valueOf(uri)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the template has no layer " + layer));
    }

    private static URLClassLoader loader(String name, List<URL> classPath, ClassLoader parent) {
        return new URLClassLoader(name, classPath.toArray(URL[]::new), parent);
    }
}
