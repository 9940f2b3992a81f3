package io.memberday.compiler;

import io.memberday.compiler.Node.Place;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one YAML file to nodes that know their lines. */
final class YamlFile {
    private final String name;
    private final Mistakes mistakes;

    YamlFile(String name, Mistakes mistakes) {
        this.name = name;
        this.mistakes = mistakes;
    }

    /** The file's content; nothing, and a mistake, if it is not YAML or empty. */
    Optional<Node> read(String text) {
        LoadSettings settings = LoadSettings.builder().setLabel(name).setUseMarks(true).build();
        try {
            Optional<Node> root = new Compose(settings).composeString(text).map(this::node);
            if (root.isEmpty()) {
                mistakes.error(new Place(name, 1), "", "", "is empty: see docs/playbook.md");
            }
            return root;
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            mistakes.error(new Place(name, line), "", "", "is not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            mistakes.error(new Place(name, 1), "", "", "is not YAML: " + e.getMessage());
        }
        return Optional.empty();
    }

    private Node node(org.snakeyaml.engine.v2.nodes.Node yaml) {
        Place place = place(yaml);
        return switch (yaml) {
            case MappingNode mapping -> {
                List<Node.Entry> entries = new ArrayList<>();
                for (NodeTuple tuple : mapping.getValue()) {
                    entries.add(
                            new Node.Entry(
                                    node(tuple.getKeyNode()).shown(),
                                    place(tuple.getKeyNode()),
                                    node(tuple.getValueNode())));
                }
                yield new Node.Table(place, List.copyOf(entries));
            }
            case SequenceNode sequence ->
                    new Node.Items(place, sequence.getValue().stream().map(this::node).toList());
            case ScalarNode scalar -> new Node.Scalar(place, scalar.getValue());
            default -> new Node.Scalar(place, "");
        };
    }

    private Place place(org.snakeyaml.engine.v2.nodes.Node yaml) {
        return new Place(name, yaml.getStartMark().map(mark -> mark.getLine() + 1).orElse(1));
    }
}
