package io.memberday.local.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class RepositoryTest {
    @Test
    void shouldFindTheRootFromAModule() {
        assertTrue(Files.isDirectory(Repository.root().resolve("local/engine")));
        assertEquals(Repository.root().resolve("template.yaml"), Repository.template());
    }

    @Test
    void shouldFindTheRootFromDeepBelow(@TempDir Path folder) throws IOException {
        Files.createFile(folder.resolve("mvnw"));
        Path below = Files.createDirectories(folder.resolve("a/b/c"));

        assertEquals(folder, Repository.rootOf(below));
    }

    @Test
    void shouldSayThatItRunsOutsideOfTheRepository(@TempDir Path folder) {
        assertTrue(
                assertThrows(IllegalStateException.class, () -> Repository.rootOf(folder))
                        .getMessage()
                        .endsWith("run this inside the repository"));
    }
}
