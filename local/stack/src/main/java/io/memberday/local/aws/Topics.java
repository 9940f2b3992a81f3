package io.memberday.local.aws;

import io.memberday.json.Json;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The topics of the template and who listens to them. */
public final class Topics {
    private final Map<String, List<Consumer<String>>> subscribers;
    private final InstantSource clock;
    private final Map<String, List<String>> published = new ConcurrentHashMap<>();

    /**
     * @param subscribers by the topic's ARN, each takes the JSON of Lambda's SNS event
     */
    public Topics(Map<String, List<Consumer<String>>> subscribers, InstantSource clock) {
        this.subscribers = subscribers;
        this.clock = clock;
    }

    /**
     * Gives a message to all who listen to a topic.
     *
     * @return its id
     * @throws AwsError if there is no such topic
     */
    public String publish(String arn, String message) {
        if (!subscribers.containsKey(arn)) {
            throw new AwsError(404, "NotFound", "Topic does not exist");
        }
        published.computeIfAbsent(arn, topic -> new CopyOnWriteArrayList<>()).add(message);
        String id = UUID.randomUUID().toString();
        String event = Json.write(Map.of("Records", List.of(record(arn, id, message))));
        subscribers.get(arn).forEach(subscriber -> subscriber.accept(event));
        return id;
    }

    /** What was published to a topic so far: on AWS it may go to people, too. */
    public List<String> published(String arn) {
        return List.copyOf(published.getOrDefault(arn, List.of()));
    }

    /** Forgets what was published. */
    public void purge() {
        published.clear();
    }

    private Map<String, Object> record(String arn, String id, String message) {
        Map<String, Object> sns = new LinkedHashMap<>();
        sns.put("Type", "Notification");
        sns.put("MessageId", id);
        sns.put("TopicArn", arn);
        sns.put("Subject", null);
        sns.put("Message", message);
        sns.put("Timestamp", clock.instant().toString());
        sns.put("SignatureVersion", "1");
        sns.put("Signature", "local");
        sns.put("SigningCertUrl", "https://sns.us-east-1.amazonaws.com/local.pem");
        sns.put("UnsubscribeUrl", "https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe");
        sns.put("MessageAttributes", Map.of());
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("EventSource", "aws:sns");
        record.put("EventVersion", "1.0");
        record.put("EventSubscriptionArn", arn + ":local");
        record.put("Sns", sns);
        return record;
    }
}
