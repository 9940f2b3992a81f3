package io.memberday.local.runtime;

import io.memberday.local.engine.Template;
import io.memberday.local.function.Code;
import io.memberday.local.function.FunctionSettings;
import io.memberday.local.function.Instance;
import io.memberday.local.function.Instances;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Instances in JVMs of their own. */
public final class IsolatedInstances implements Instances {
    private final Code code;
    private final Isolation isolation;
    private final Supplier<Map<String, String>> aws;
    private final AtomicLong started = new AtomicLong();

    /**
     * @param aws the variables by which AWS is found; asked for when an instance is made
     */
    public IsolatedInstances(Code code, Isolation isolation, Supplier<Map<String, String>> aws) {
        this.code = code;
        this.isolation = isolation;
        this.aws = aws;
    }

    @Override
    public Instance create(
            Template.Function function, FunctionSettings settings, Map<String, String> variables) {
        Code.Laid laid = code.layOut(function);
        // As on AWS each process has a key of its own, so that its calls can be told from others'.
        String key = settings.name().replaceAll("[^A-Za-z0-9]", "") + started.incrementAndGet();
        Map<String, String> all = new HashMap<>(variables);
        all.putAll(aws.get());
        all.put("AWS_DEFAULT_REGION", String.valueOf(all.get("AWS_REGION")));
        all.put("AWS_ACCESS_KEY_ID", key);
        all.putAll(isolation.variables());
        RuntimeProcess process =
                RuntimeProcess.start(
                        new RuntimeProcess.Launch(
                                settings,
                                key,
                                laid.taskRoot(),
                                laid.layers(),
                                all,
                                RuntimeProcess.LAMBDAS_OPTIONS),
                        line ->
                                isolation
                                        .log()
                                        .accept(new Isolation.Line(function.logicalId(), line)));
        isolation.started().accept(process);
        return process;
    }

    @Override
    public int most() {
        return isolation.most();
    }
}
