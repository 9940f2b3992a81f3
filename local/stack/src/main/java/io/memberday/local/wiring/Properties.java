package io.memberday.local.wiring;

import io.memberday.json.Fields;
import io.memberday.local.engine.Intrinsic;
import io.memberday.local.engine.Template;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A resource's or an event's properties, resolved. */
final class Properties {
    private final Fields fields;

    private Properties(Fields fields) {
        this.fields = fields;
    }

    static Properties of(Template template, Template.Resource resource) {
        return of(template, resource.logicalId(), resource.properties());
    }

    static Properties of(Template template, String name, Map<String, Object> properties) {
        return template.resolve(properties) instanceof Map<?, ?> map
                ? new Properties(Fields.of(name, map))
                : new Properties(Fields.of(name, Map.of()));
    }

    /** The ARN that the template gives a resource. */
    static String arn(Template template, String logicalId) {
        return String.valueOf(template.resolve(new Intrinsic.GetAtt(logicalId, "Arn")));
    }

    Fields fields() {
        return fields;
    }

    String text(String name) {
        return fields.id(name);
    }

    Optional<String> optionalText(String name) {
        return fields.optionalId(name);
    }

    /** A whole number; a parameter's value is text. */
    int number(String name, int otherwise) {
        return fields.optionalId(name).map(Integer::parseInt).orElse(otherwise);
    }

    Duration seconds(String name, int otherwise) {
        return Duration.ofSeconds(number(name, otherwise));
    }

    Optional<Properties> optional(String name) {
        return fields.optionalObject(name).map(Properties::new);
    }

    /** Refuses what the local AWS cannot do, rather than do otherwise than AWS. */
    void refuse(String... names) {
        for (String name : names) {
            if (fields.has(name)) {
                throw new IllegalArgumentException(
                        "the local AWS does not know " + fields.pathOf(name));
            }
        }
    }
}
