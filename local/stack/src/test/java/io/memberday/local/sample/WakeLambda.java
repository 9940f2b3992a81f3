package io.memberday.local.sample;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;

import io.memberday.aws.Clients;
import io.memberday.aws.Env;
import io.memberday.json.Fields;
import io.memberday.json.Json;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sns.SnsClient;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;

/**
 * Sends a text that says what woke it and when. Woken to look, it does so for each row that is due,
 * and deletes the row.
 */
public final class WakeLambda implements RequestStreamHandler {
    private final DynamoDbClient dynamoDb = Clients.dynamoDb();
    private final SnsClient sns = Clients.sns();
    private final Clock clock;
    private final String table;

    public WakeLambda() {
        this(Env.system());
    }

    public WakeLambda(Env env) {
        clock = env.clock();
        table = env.membersTable();
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context)
            throws IOException {
        Fields event = Json.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        String text =
                event.has("Records")
                        ? event.objects("Records").getFirst().object("Sns").text("Message")
                        : event.text("text");
        if (text.equals("break")) {
            throw new IllegalStateException("as asked");
        }
        if (text.equals("look")) {
            look();
        } else {
            send(text);
        }
        out.write("{}".getBytes(StandardCharsets.UTF_8));
    }

    private void look() {
        for (Map<String, AttributeValue> row :
                dynamoDb.scan(scan -> scan.tableName(table).limit(100)).items()) {
            if (Long.parseLong(row.get("dueAt").n()) <= clock.instant().getEpochSecond()) {
                send(row.get("id").s());
                dynamoDb.deleteItem(
                        delete -> delete.tableName(table).key(Map.of("id", row.get("id"))));
            }
        }
    }

    private void send(String text) {
        sns.publish(request -> request.phoneNumber("+8613800138000").message(text));
    }
}
