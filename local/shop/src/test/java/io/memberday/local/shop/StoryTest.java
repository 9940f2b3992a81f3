package io.memberday.local.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.local.LocalStack;
import io.memberday.local.Ports;
import io.memberday.local.engine.Repository;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.Playbooks;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The main job with a small shop, whole, on the stack. */
class StoryTest {
    @Test
    void shouldTellTheWholeStoryOfASmallShopWithEveryCheckHeld(@TempDir Path folder)
            throws Exception {
        // Given
        Options options = new Options(false, true, 60, 7, 0, false, List.of());
        Playbook playbook = Playbooks.load();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Console console = new Console(new PrintStream(said, true, StandardCharsets.UTF_8), false);
        Checks checks = new Checks(console);
        try (LocalStack stack =
                LocalStack.start(
                        new LocalStack.Settings(
                                Repository.template(),
                                Repository.root(),
                                folder.resolve("data"),
                                Ports.ANY))) {
            stack.setPage(LocalRun.page(stack, playbook));
            Shop shop = new Shop(stack, playbook, console, checks, options);
            // When
            new Story(shop).tell(folder.resolve("files"));
            shop.close();
            // Then
            String text = said.toString(StandardCharsets.UTF_8);
            assertEquals(List.of(), checks.failed(), text);
            assertTrue(checks.held() > 20, text);
            assertTrue(text.contains("simulated") && text.contains("held out"), text);
            assertTrue(
                    Files.exists(folder.resolve("files/reports/member-day@2026-05-08/index.html")));
            for (String view : List.of("/", "/local/overview", "/local/runs", "/local/exports")) {
                assertEquals(200, status(stack.api().resolve(view)), view);
            }
        }
    }

    private static int status(URI address) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                    .statusCode();
        }
    }
}
