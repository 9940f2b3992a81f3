package io.memberday.local;

import io.memberday.local.engine.LocalCredentials;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/**
 * How functions find the local AWS: by what the SDK's default way reads, environment variables or
 * the system properties of the same meaning.
 */
final class Endpoints {
    /** Of each variable that the SDK reads its system property. */
    private static final Map<String, String> PROPERTIES =
            Map.of(
                    "AWS_REGION", "aws.region",
                    "AWS_ACCESS_KEY_ID", "aws.accessKeyId",
                    "AWS_SECRET_ACCESS_KEY", "aws.secretAccessKey",
                    "AWS_ENDPOINT_URL", "aws.endpointUrl",
                    "AWS_ENDPOINT_URL_DYNAMODB", "aws.endpointUrlDynamoDb",
                    "AWS_ENDPOINT_URL_S3", "aws.endpointUrlS3");

    private final Map<String, String> variables;

    Endpoints(URI aws, URI dynamoDb, URI s3) {
        Map<String, String> all = new HashMap<>(LocalCredentials.environment());
        all.put("AWS_ENDPOINT_URL", aws.toString());
        all.put("AWS_ENDPOINT_URL_DYNAMODB", dynamoDb.toString());
        all.put("AWS_ENDPOINT_URL_S3", s3.toString());
        this.variables = Map.copyOf(all);
    }

    /** What a process's environment holds whose functions find the local AWS. */
    Map<String, String> variables() {
        return variables;
    }

    /**
     * Makes this process one whose functions find the local AWS. ./local/run has set the variables
     * before it started this JVM; elsewhere, such as in a test, the properties take their place,
     * since a JVM cannot change its own environment.
     */
    void applyToThisProcess() {
        variables.forEach(
                (variable, value) -> {
                    if (!value.equals(System.getenv(variable))) {
                        System.setProperty(PROPERTIES.get(variable), value);
                    }
                });
    }
}
