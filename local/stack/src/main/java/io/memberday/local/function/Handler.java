package io.memberday.local.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;

/**
 * One instance of a handler, bytes in and bytes out, by the same steps and the same serialization
 * as AWS's Java runtime.
 */
@FunctionalInterface
interface Handler {
    byte[] handle(byte[] payload, Context context) throws IOException;

    /**
     * Wraps an instance.
     *
     * @throws IllegalStateException if it is neither a RequestHandler nor a RequestStreamHandler
     */
    static Handler of(Object instance) {
        return switch (instance) {
            case RequestStreamHandler stream ->
                    (payload, context) -> {
                        ByteArrayOutputStream answer = new ByteArrayOutputStream();
                        stream.handleRequest(new ByteArrayInputStream(payload), answer, context);
                        return answer.toByteArray();
                    };
            case RequestHandler<?, ?> typed -> typed(typed);
            default ->
                    throw new IllegalStateException(
                            instance.getClass().getName()
                                    + " is neither a RequestHandler nor a RequestStreamHandler");
        };
    }

    private static <I, O> Handler typed(RequestHandler<I, O> handler) {
        Type[] types = types(handler.getClass());
        ClassLoader loader = handler.getClass().getClassLoader();
        PojoSerializer<I> in = serializer(types[0], loader);
        PojoSerializer<O> out = serializer(types[1], loader);
        return (payload, context) -> {
            O answer =
                    handler.handleRequest(in.fromJson(new ByteArrayInputStream(payload)), context);
            ByteArrayOutputStream written = new ByteArrayOutputStream();
            out.toJson(answer, written);
            return written.toByteArray();
        };
    }

    /** The runtime knows some of AWS's own events by their special rules, all else by Jackson's. */
    @SuppressWarnings("unchecked")
    private static <T> PojoSerializer<T> serializer(Type type, ClassLoader loader) {
        if (type instanceof Class<?> known
                && LambdaEventSerializers.isLambdaSupportedEvent(known.getName())) {
            return (PojoSerializer<T>) LambdaEventSerializers.serializerFor(known, loader);
        }
        return (PojoSerializer<T>) JacksonFactory.getInstance().getSerializer(type);
    }

    private static Type[] types(Class<?> handler) {
        return Arrays.stream(handler.getGenericInterfaces())
                .filter(ParameterizedType.class::isInstance)
                .map(ParameterizedType.class::cast)
                .filter(type -> type.getRawType() == RequestHandler.class)
                .map(ParameterizedType::getActualTypeArguments)
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        handler.getName()
                                                + " must itself say which types it handles"));
    }
}
