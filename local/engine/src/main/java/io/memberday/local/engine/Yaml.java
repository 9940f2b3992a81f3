package io.memberday.local.engine;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.constructor.StandardConstructor;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.schema.CoreSchema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads CloudFormation's YAML into maps, lists, scalars and {@link Intrinsic}s. */
final class Yaml {
    private Yaml() {}

    /**
     * Reads a file whose top level is a map.
     *
     * @throws IllegalArgumentException if the file is not there or not such YAML
     */
    static Map<String, Object> read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("there is no template at " + file);
        }
        LoadSettings settings =
                LoadSettings.builder()
                        .setLabel(file.toString())
                        .setSchema(new CoreSchema())
                        .build();
        try (var reader = Files.newBufferedReader(file)) {
            return map(
                    new TemplateConstructor(settings)
                            .constructSingleDocument(new Compose(settings).composeReader(reader)));
        } catch (YamlEngineException e) {
            throw new IllegalArgumentException(file + " is not a template: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The value as a map; an absent one is empty. */
    static Map<String, Object> map(@Nullable Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        switch (value) {
            case null -> {}
            case Map<?, ?> entries -> entries.forEach((key, each) -> map.put((String) key, each));
            default -> throw new IllegalArgumentException("expected a map, not " + value);
        }
        return map;
    }

    /** The value as a list; an absent one is empty. */
    static List<Object> list(@Nullable Object value) {
        return switch (value) {
            case null -> List.of();
            case List<?> items -> new ArrayList<>(items);
            default -> throw new IllegalArgumentException("expected a list, not " + value);
        };
    }

    private static final class TemplateConstructor extends StandardConstructor {
        TemplateConstructor(LoadSettings settings) {
            super(settings);
        }

        @Override
        protected Optional<ConstructNode> findConstructorFor(Node node) {
            String tag = node.getTag().getValue();
            if (tag.startsWith("!")) {
                return Optional.of(tagged -> Intrinsic.of(tag.substring(1), content(tagged)));
            }
            return node instanceof MappingNode
                    ? Optional.of(this::content)
                    : super.findConstructorFor(node);
        }

        private Object content(Node node) {
            return switch (node) {
                case SequenceNode sequence -> constructSequence(sequence);
                case MappingNode mapping -> mapOrLongForm(map(constructMapping(mapping)));
                default -> constructScalar((ScalarNode) node);
            };
        }

        private static Object mapOrLongForm(Map<String, Object> map) {
            if (map.size() == 1) {
                Map.Entry<String, Object> only = map.entrySet().iterator().next();
                if (only.getKey().equals("Ref") || only.getKey().startsWith("Fn::")) {
                    return Intrinsic.of(only.getKey().replaceFirst("^Fn::", ""), only.getValue());
                }
            }
            return map;
        }
    }
}
