package io.memberday.local.aws;

import io.memberday.json.Json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Secrets Manager: GetSecretValue of secrets that are made anew for each run. */
public final class SecretsManager implements AwsService {
    private final Map<String, String> secrets;

    /**
     * @param secrets text by ARN; the map may change
     */
    public SecretsManager(Map<String, String> secrets) {
        this.secrets = secrets;
    }

    @Override
    public String signingName() {
        return "secretsmanager";
    }

    @Override
    public boolean speaksJson() {
        return true;
    }

    @Override
    public String answer(AwsCall call) {
        if (!call.action().equals("GetSecretValue")) {
            throw new AwsError(400, "UnknownOperationException", call.action() + " is not local");
        }
        String wanted = call.json().text("SecretId");
        String arn =
                secrets.keySet().stream()
                        .filter(each -> each.equals(wanted) || each.endsWith(":" + wanted))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new AwsError(
                                                400,
                                                "ResourceNotFoundException",
                                                "Secrets Manager can't find the specified"
                                                        + " secret."));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("ARN", arn);
        answer.put("Name", arn.substring(arn.lastIndexOf(':') + 1));
        answer.put("SecretString", secrets.get(arn));
        answer.put("VersionStages", List.of("AWSCURRENT"));
        return Json.write(answer);
    }
}
