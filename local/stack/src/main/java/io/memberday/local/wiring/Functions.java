package io.memberday.local.wiring;

import io.memberday.local.clock.Activity;
import io.memberday.local.engine.Template;
import io.memberday.local.function.FunctionSettings;
import io.memberday.local.function.Instances;
import io.memberday.local.function.LocalFunction;
import io.memberday.local.queue.AsyncInvocations;

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The template's functions, and the queues of events before those that nobody waits for. */
final class Functions {
    private static final int LAMBDAS_DEFAULT_RETRIES = 2;

    private final Template template;
    private final Queues queues;
    private final InstantSource clock;
    private final Activity activity;
    private final Map<String, LocalFunction> byId = new LinkedHashMap<>();
    private final Map<String, AsyncInvocations> asyncById = new LinkedHashMap<>();

    /**
     * @param extra variables that every function has besides the template's
     */
    Functions(
            Template template,
            Instances instances,
            Map<String, String> extra,
            Queues queues,
            InstantSource clock,
            Activity activity) {
        this.template = template;
        this.queues = queues;
        this.clock = clock;
        this.activity = activity;
        for (Template.Function function : template.functions()) {
            Map<String, String> variables = new HashMap<>(function.environment());
            variables.putAll(extra);
            FunctionSettings settings = FunctionSettings.of(template, function);
            LocalFunction made =
                    new LocalFunction(
                            settings,
                            () -> instances.create(function, settings, variables),
                            instances.most(),
                            activity);
            byId.put(function.logicalId(), made);
            asyncById.put(function.logicalId(), async(function, made));
        }
    }

    /**
     * @throws IllegalArgumentException if the template has no such function
     */
    LocalFunction byId(String logicalId) {
        return known(byId.get(logicalId), logicalId);
    }

    AsyncInvocations asyncById(String logicalId) {
        return known(asyncById.get(logicalId), logicalId);
    }

    AsyncInvocations asyncByArn(String arn) {
        return byId.entrySet().stream()
                .filter(entry -> entry.getValue().arn().equals(arn))
                .map(entry -> asyncById(entry.getKey()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the local AWS has no " + arn));
    }

    Collection<LocalFunction> all() {
        return byId.values();
    }

    Collection<AsyncInvocations> allAsync() {
        return asyncById.values();
    }

    private AsyncInvocations async(Template.Function function, LocalFunction made) {
        Optional<Properties> config = properties(function).optional("EventInvokeConfig");
        Optional<Consumer<String>> onFailure =
                config.flatMap(each -> each.optional("DestinationConfig"))
                        .flatMap(each -> each.optional("OnFailure"))
                        .map(each -> queues.byArn(each.text("Destination"))::send);
        int retries =
                config.map(each -> each.number("MaximumRetryAttempts", LAMBDAS_DEFAULT_RETRIES))
                        .orElse(LAMBDAS_DEFAULT_RETRIES);
        return new AsyncInvocations(
                made, new AsyncInvocations.Settings(retries, onFailure), clock, activity);
    }

    private Properties properties(Template.Function function) {
        Map<String, Object> wanted = new HashMap<>(function.properties());
        // Other properties may name what is known on AWS only.
        wanted.keySet().retainAll(Set.of("EventInvokeConfig"));
        return Properties.of(template, function.logicalId(), wanted);
    }

    private static <T> T known(@Nullable T found, String logicalId) {
        if (found == null) {
            throw new IllegalArgumentException("the template has no function " + logicalId);
        }
        return found;
    }
}
