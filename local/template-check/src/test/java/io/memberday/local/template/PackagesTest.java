package io.memberday.local.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.local.engine.Repository;
import io.memberday.local.engine.Template;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

class PackagesTest {
    private static final long FUNCTION_BYTES = 200_000;
    private static final long LAYERS_BYTES = 40_000_000;

    static Stream<Template.Function> functions() {
        return Deployment.functions();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void shouldHoldNothingButTheFunctionsOwnClassesAndItsLayersChecksums(
            Template.Function function) {
        String own = "io/memberday/" + Deployment.module(function).replace("-", "") + "/";

        List<String> foreign =
                Deployment.files(function.codeUri()).keySet().stream()
                        .filter(name -> !name.startsWith(own))
                        .toList();

        assertEquals(List.of("layers.sha256"), foreign);
    }

    @ParameterizedTest
    @MethodSource("functions")
    void shouldStaySmallEnoughForAFunctionToStartFast(Template.Function function)
            throws IOException {
        long bytes = Files.size(Repository.root().resolve(function.codeUri()));

        assertTrue(bytes < FUNCTION_BYTES, function.codeUri() + " has " + bytes + " bytes");
    }

    @ParameterizedTest
    @MethodSource("functions")
    void shouldBecomeNewCodeWithEveryChangeOfALayer(Template.Function function)
            throws IOException, NoSuchAlgorithmException {
        Map<String, String> built = new TreeMap<>();
        for (Template.Resource layer : Deployment.layers().toList()) {
            Path zip = Repository.root().resolve(Deployment.contentUri(layer));
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(zip));
            built.put(zip.getFileName().toString(), HexFormat.of().formatHex(digest));
        }

        byte[] named = Deployment.files(function.codeUri()).get("layers.sha256");

        Map<String, String> checksums = new TreeMap<>();
        new String(named)
                .lines()
                .forEach(line -> checksums.put(line.split("  ")[1], line.split("  ")[0]));
        assertEquals(built, checksums);
    }

    @Test
    void shouldKeepAllLayersTogetherSmall() {
        long bytes =
                Deployment.layers()
                        .flatMap(
                                layer ->
                                        Deployment.files(Deployment.contentUri(layer))
                                                .values()
                                                .stream())
                        .mapToLong(file -> file.length)
                        .sum();

        assertTrue(bytes < LAYERS_BYTES, "the layers hold " + bytes + " bytes");
    }

    @Test
    void shouldBringEachLibraryInOneLayerOnly() {
        Map<String, String> layerOf = new HashMap<>();

        Deployment.layers()
                .forEach(
                        layer -> {
                            for (String jar :
                                    Deployment.files(Deployment.contentUri(layer)).keySet()) {
                                assertTrue(jar.matches("java/lib/[^/]+\\.jar"), jar);
                                String name = jar.replaceFirst("-[0-9][^/]*\\.jar$", "");
                                String other = layerOf.put(name, layer.logicalId());
                                assertEquals(
                                        null, other, name + " is in " + layer.logicalId() + " too");
                            }
                        });
    }

    @Test
    void shouldGiveEveryFunctionEveryLayer() {
        List<Object> layers =
                Deployment.layers()
                        .<Object>map(layer -> Deployment.TEMPLATE.nameOf(layer.logicalId()))
                        .toList();

        Deployment.functions()
                .forEach(
                        function ->
                                assertEquals(
                                        layers,
                                        Deployment.TEMPLATE.resolve(
                                                function.properties().get("Layers")),
                                        function.logicalId()));
    }
}
