package io.memberday.compiler;

import java.util.List;

/** A value in a source file, with its place. */
sealed interface Node {
    /**
     * @param file within the playbook's folder
     * @param line from 1
     */
    record Place(String file, int line) {}

    /** A field of a table; a name may come twice, which is a mistake. */
    record Entry(String name, Place place, Node value) {}

    Place place();

    /** Text, a number or a truth: YAML's difference between them is not asked for. */
    record Scalar(Place place, String text) implements Node {}

    record Items(Place place, List<Node> nodes) implements Node {}

    record Table(Place place, List<Entry> entries) implements Node {}

    /** The value as a mistake shows it. */
    default String shown() {
        return switch (this) {
            case Scalar scalar -> scalar.text();
            case Items items -> "a list of " + items.nodes().size();
            case Table table -> "a table of " + table.entries().size();
        };
    }
}
