package io.memberday.local;

import io.memberday.local.engine.Repository;

import java.nio.file.Path;

/** The repository's functions and layers on free ports, with a folder for a test's own data. */
public final class WholeStack {
    private WholeStack() {}

    /** Where a test's own files are. */
    public static Path folder(String test) {
        return Repository.root().resolve("local/stack/target").resolve(test);
    }

    /** What starts a template for a test. */
    public static LocalStack.Settings settings(Path template, String test) {
        return new LocalStack.Settings(template, Repository.root(), folder(test), Ports.ANY);
    }

    /** Starts a template for a test. */
    static LocalStack start(Path template, String test) {
        return LocalStack.start(settings(template, test));
    }
}
