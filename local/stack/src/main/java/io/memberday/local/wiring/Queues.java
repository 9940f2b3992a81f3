package io.memberday.local.wiring;

import io.memberday.local.clock.Activity;
import io.memberday.local.engine.Template;
import io.memberday.local.queue.Queue;

import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The template's queues. */
public final class Queues {
    private final Template template;
    private final InstantSource clock;
    private final Activity activity;
    private final Map<String, Queue> byArn = new HashMap<>();

    public Queues(Template template, InstantSource clock, Activity activity) {
        this.template = template;
        this.clock = clock;
        this.activity = activity;
        template.resources("AWS::SQS::Queue")
                .forEach(queue -> byArn(Properties.arn(template, queue.logicalId())));
    }

    /**
     * A queue by its logical id.
     *
     * @throws IllegalArgumentException if the template has none of that name
     */
    public Queue byId(String logicalId) {
        return byArn(Properties.arn(template, logicalId));
    }

    public Collection<Queue> all() {
        return byArn.values();
    }

    /** A queue by its ARN; made with its dead-letter queue when first asked for. */
    Queue byArn(String arn) {
        Queue known = byArn.get(arn);
        if (known != null) {
            return known;
        }
        Template.Resource resource =
                template.resources("AWS::SQS::Queue").stream()
                        .filter(each -> Properties.arn(template, each.logicalId()).equals(arn))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "the template has no queue " + arn));
        Queue made = make(resource);
        byArn.put(arn, made);
        return made;
    }

    private Queue make(Template.Resource resource) {
        Properties properties = Properties.of(template, resource);
        properties.refuse("FifoQueue");
        Optional<Queue.Redrive> redrive =
                properties
                        .optional("RedrivePolicy")
                        .map(
                                policy ->
                                        new Queue.Redrive(
                                                byArn(policy.text("deadLetterTargetArn")),
                                                policy.number("maxReceiveCount", 10)));
        return new Queue(
                resource.logicalId(),
                new Queue.Settings(
                        properties.seconds("VisibilityTimeout", 30),
                        properties.seconds("DelaySeconds", 0),
                        redrive),
                clock,
                activity);
    }
}
