package io.memberday.deliveryfeedback;

import io.memberday.json.Fields;
import io.memberday.json.Json;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * What CloudWatch Logs hands to a function that a log group is subscribed with: lines in JSON,
 * zipped, in Base64.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html">Log
 *     group-level subscription filters</a>
 */
final class LogEvent {
    static final String FIELD = "awslogs";

    /** So CloudWatch Logs tries whether the function takes anything. */
    private static final String TRIAL = "CONTROL_MESSAGE";

    private LogEvent() {}

    /**
     * The lines of an event.
     *
     * @throws io.memberday.json.BadInput if it is none
     */
    static List<String> lines(Fields event) {
        Fields awsLogs = event.object(FIELD);
        Fields batch;
        try (GZIPInputStream unzipped =
                new GZIPInputStream(
                        new ByteArrayInputStream(
                                Base64.getDecoder().decode(awsLogs.text("data"))))) {
            batch = Json.read(new String(unzipped.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException | IllegalArgumentException e) {
            throw awsLogs.bad("data", "is not what CloudWatch Logs sends");
        }
        return batch.text("messageType").equals(TRIAL)
                ? List.of()
                : batch.objects("logEvents").stream().map(line -> line.text("message")).toList();
    }
}
