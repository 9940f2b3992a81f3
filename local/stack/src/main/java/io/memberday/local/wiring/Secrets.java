package io.memberday.local.wiring;

import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.local.engine.Template;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The template's secrets, made up anew for each run. What the template leaves to the operator, the
 * empty lists of the secret's text, is filled in with one secret each.
 */
final class Secrets {
    private static final int BYTES = 32;

    private final SecureRandom random = new SecureRandom();

    /** The secrets' texts by ARN. */
    Map<String, String> make(Template template) {
        Map<String, String> made = new LinkedHashMap<>();
        for (Template.Resource secret : template.resources("AWS::SecretsManager::Secret")) {
            made.put(
                    Properties.arn(template, secret.logicalId()),
                    Properties.of(template, secret)
                            .optional("GenerateSecretString")
                            .map(this::generate)
                            .orElseGet(this::text));
        }
        return made;
    }

    private String generate(Properties rules) {
        if (rules.optionalText("GenerateStringKey").isEmpty()) {
            return text();
        }
        Map<String, Object> secret = new LinkedHashMap<>();
        Fields given = Json.read(rules.text("SecretStringTemplate"));
        given.asMap()
                .forEach(
                        (name, value) ->
                                secret.put(
                                        name, List.of().equals(value) ? List.of(text()) : value));
        secret.put(rules.text("GenerateStringKey"), text());
        return Json.write(secret);
    }

    private String text() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
