package io.memberday.local.function;

import io.memberday.local.engine.Template;

import java.util.Map;

/** How the functions of a template come to their instances. */
public interface Instances {
    /**
     * Makes an instance.
     *
     * @param variables the function's environment
     * @throws IllegalStateException if it cannot be made; it says why
     */
    Instance create(
            Template.Function function, FunctionSettings settings, Map<String, String> variables);

    /** How many instances of one function may be at work at once. */
    int most();
}
