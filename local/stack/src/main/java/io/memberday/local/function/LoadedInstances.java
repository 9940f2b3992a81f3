package io.memberday.local.function;

import io.memberday.local.engine.Template;

import java.util.Map;

/** Instances in this JVM. */
public final class LoadedInstances implements Instances {
    private final Code code;

    public LoadedInstances(Code code) {
        this.code = code;
    }

    @Override
    public Instance create(
            Template.Function function, FunctionSettings settings, Map<String, String> variables) {
        return new LoadedInstance(settings, code.handler(function), variables);
    }

    @Override
    public int most() {
        return Integer.MAX_VALUE;
    }
}
