package io.memberday.ingest;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** One of the published JSON Schemas and the examples that go with it. */
final class SchemaCheck {
    private static final Path ROOT = Path.of("../..");

    private final Schema schema;

    SchemaCheck(String file) throws IOException {
        schema =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(Files.readString(ROOT.resolve("docs").resolve(file)));
    }

    /** What the schema has against a body. */
    List<String> violations(String body) {
        return schema.validate(body, InputFormat.JSON).stream().map(Object::toString).toList();
    }

    /** Our own source's events of a function. */
    static Stream<Path> examples(String function) throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("events").resolve(function))) {
            return files
                    .filter(file -> file.getFileName().toString().startsWith("memberday-"))
                    .toList()
                    .stream();
        }
    }
}
