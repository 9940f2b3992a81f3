package io.memberday.local.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;

import io.memberday.aws.Env;
import io.memberday.json.Json;
import io.memberday.local.engine.Repository;
import io.memberday.local.engine.Template;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.ByteArrayInputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractMap;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

class HandlersTest {
    /** The one variable that no template sets: only the local stack moves the clock. */
    private static final String CLOCK = "MEMBERDAY_CLOCK";

    static Stream<Template.Function> functions() {
        return Deployment.functions();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void shouldFindEachHandlerInItsZip(Template.Function function) throws Exception {
        Class<?> handler = handler(function);

        assertTrue(
                Deployment.files(function.codeUri())
                        .containsKey(handler.getName().replace('.', '/') + ".class"),
                handler + " is not in " + function.codeUri());
        assertEquals("handleRequest", function.handler().split("::")[1]);
        assertTrue(
                RequestHandler.class.isAssignableFrom(handler)
                        || RequestStreamHandler.class.isAssignableFrom(handler));
        assertTrue(Modifier.isPublic(handler.getModifiers()));
        assertTrue(Modifier.isPublic(handler.getConstructor().getModifiers()));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void shouldGiveEachFunctionTheVariablesThatItReadsAndNoOther(Template.Function function)
            throws Exception {
        Asked asked = new Asked(function.environment());

        handler(function).getConstructor(Env.class).newInstance(Env.of(asked));

        asked.names.remove(CLOCK);
        assertEquals(new TreeSet<>(function.environment().keySet()), asked.names);
    }

    @ParameterizedTest
    @MethodSource("functions")
    void shouldReadEachOfItsEventFilesAsLambdaWould(Template.Function function) throws Exception {
        Path folder = Repository.root().resolve("events").resolve(Deployment.module(function));
        List<Path> events;
        try (Stream<Path> files = Files.list(folder)) {
            events = files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
        }

        assertTrue(!events.isEmpty(), folder + " has no event");
        for (Path event : events) {
            byte[] json = Files.readAllBytes(event);
            assertTrue(!Json.read(new String(json)).names().isEmpty(), event + " is empty");
            Optional<Class<?>> input = input(handler(function));
            if (input.isPresent()) {
                assertNotNull(read(input.get(), json), event.toString());
            }
        }
    }

    private static Class<?> handler(Template.Function function) throws ClassNotFoundException {
        return Class.forName(function.handler().split("::")[0]);
    }

    /** What AWS's runtime would make of an event; nothing for a handler that reads it by itself. */
    private static Optional<Class<?>> input(Class<?> handler) {
        if (RequestStreamHandler.class.isAssignableFrom(handler)) {
            return Optional.empty();
        }
        return Arrays.stream(handler.getMethods())
                .filter(method -> method.getName().equals("handleRequest") && !method.isBridge())
                .filter(method -> method.getParameterCount() == 2)
                .filter(method -> method.getParameterTypes()[1] == Context.class)
                .map(Method::getParameterTypes)
                .<Class<?>>map(types -> types[0])
                .findFirst();
    }

    private static Object read(Class<?> type, byte[] json) {
        PojoSerializer<?> serializer =
                LambdaEventSerializers.isLambdaSupportedEvent(type.getName())
                        ? LambdaEventSerializers.serializerFor(
                                type, HandlersTest.class.getClassLoader())
                        : JacksonFactory.getInstance().getSerializer(type);
        return serializer.fromJson(new ByteArrayInputStream(json));
    }

    /** An environment that remembers what was asked of it. */
    private static final class Asked extends AbstractMap<String, String> {
        private final Map<String, String> variables;
        private final Set<String> names = new TreeSet<>();

        Asked(Map<String, String> variables) {
            this.variables = variables;
        }

        @Override
        public @Nullable String get(Object name) {
            names.add((String) name);
            return variables.get(name);
        }

        @Override
        public Set<Entry<String, String>> entrySet() {
            return variables.entrySet();
        }
    }
}
