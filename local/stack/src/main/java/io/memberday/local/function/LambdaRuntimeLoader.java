package io.memberday.local.function;

/**
 * The parent of all layers: the JDK, and of our own class path only what Lambda's runtime itself
 * brings, the interfaces of a handler. So a class that no zip holds is missing here as on AWS.
 */
final class LambdaRuntimeLoader extends ClassLoader {
    /** All of aws-lambda-java-core: Context, RequestHandler, LambdaLogger and so on. */
    private static final String CORE = "com.amazonaws.services.lambda.runtime.";

    /** Events and their serialization share that prefix, but are the functions' own. */
    private static final String EVENTS = CORE + "events.";

    LambdaRuntimeLoader() {
        super("lambda-runtime", ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (name.startsWith(CORE) && !name.startsWith(EVENTS)) {
            return LambdaRuntimeLoader.class.getClassLoader().loadClass(name);
        }
        throw new ClassNotFoundException(name);
    }
}
