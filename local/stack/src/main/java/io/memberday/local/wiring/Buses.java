package io.memberday.local.wiring;

import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.local.aws.Topics;
import io.memberday.local.bus.EventBus;
import io.memberday.local.engine.Template;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The template's event buses, their rules and the rules' targets. */
final class Buses {
    private static final String DEFAULT = "default";

    private final Template template;
    private final Queues queues;
    private final Functions functions;
    private final Topics topics;

    Buses(Template template, Queues queues, Functions functions, Topics topics) {
        this.template = template;
        this.queues = queues;
        this.functions = functions;
        this.topics = topics;
    }

    /** The buses by name. */
    Map<String, EventBus> make() {
        Map<String, List<EventBus.Rule>> rules = new HashMap<>();
        rules.put(DEFAULT, new ArrayList<>());
        template.resources("AWS::Events::EventBus")
                .forEach(bus -> rules.put(template.nameOf(bus.logicalId()), new ArrayList<>()));
        for (Template.Resource resource : template.resources("AWS::Events::Rule")) {
            Properties properties = Properties.of(template, resource);
            properties.refuse("ScheduleExpression");
            if (properties.optionalText("State").orElse("ENABLED").equals("ENABLED")) {
                String named = properties.optionalText("EventBusName").orElse(DEFAULT);
                rulesOf(rules, named).add(rule(resource.logicalId(), properties));
            }
        }
        Map<String, EventBus> buses = new HashMap<>();
        rules.forEach((name, its) -> buses.put(name, new EventBus(name, its)));
        return buses;
    }

    private static List<EventBus.Rule> rulesOf(
            Map<String, List<EventBus.Rule>> rules, String nameOrArn) {
        String name = nameOrArn.substring(nameOrArn.lastIndexOf('/') + 1);
        List<EventBus.Rule> found = rules.get(name);
        if (found == null) {
            throw new IllegalArgumentException("the template has no event bus " + name);
        }
        return found;
    }

    private EventBus.Rule rule(String name, Properties properties) {
        return new EventBus.Rule(
                name,
                Json.write(properties.fields().object("EventPattern").asMap()),
                properties.fields().objects("Targets").stream().map(this::target).toList());
    }

    private EventBus.Target target(Fields target) {
        for (String shaper : List.of("Input", "InputPath", "InputTransformer")) {
            if (target.has(shaper)) {
                throw new IllegalArgumentException(
                        "the local AWS does not know " + target.pathOf(shaper));
            }
        }
        Consumer<String> deadLetters =
                target.optionalObject("DeadLetterConfig")
                        .<Consumer<String>>map(config -> queues.byArn(config.text("Arn"))::send)
                        .orElse(event -> {});
        return new EventBus.Target(receiver(target.text("Arn")), deadLetters);
    }

    private Consumer<String> receiver(String arn) {
        if (arn.contains(":sns:")) {
            return event -> topics.publish(arn, event);
        }
        return arn.contains(":sqs:") ? queues.byArn(arn)::send : functions.asyncByArn(arn)::invoke;
    }
}
