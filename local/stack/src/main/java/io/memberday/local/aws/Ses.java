package io.memberday.local.aws;

import io.memberday.local.outbox.Mime;
import io.memberday.local.outbox.Outbox;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * SES (its first version): SendRawEmail.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/ses/latest/APIReference/API_SendRawEmail.html">SendRawEmail</a>
 */
public final class Ses implements AwsService {
    private static final int MOST_DESTINATIONS = 50;
    private static final int MOST_BYTES = 10 * 1024 * 1024;

    /** What SES can tell of an address without sending: one that is wrong refuses the whole. */
    private static final Pattern ADDRESS = Pattern.compile("\\p{ASCII}+@[^@\\s]+\\.[^@\\s]+");

    private final Outbox outbox;
    private final InstantSource clock;

    public Ses(Outbox outbox, InstantSource clock) {
        this.outbox = outbox;
        this.clock = clock;
    }

    @Override
    public String signingName() {
        return "ses";
    }

    @Override
    public boolean speaksJson() {
        return false;
    }

    @Override
    public String answer(AwsCall call) {
        if (!call.action().equals("SendRawEmail")) {
            throw new AwsError(400, "InvalidAction", call.action() + " is not local");
        }
        AwsCall.Form form = call.form();
        byte[] raw = Base64.getMimeDecoder().decode(form.required("RawMessage.Data"));
        List<String> to = new ArrayList<>();
        for (int i = 1; form.get("Destinations.member." + i).isPresent(); i++) {
            to.add(form.required("Destinations.member." + i));
        }
        if (raw.length > MOST_BYTES || to.size() > MOST_DESTINATIONS) {
            throw new AwsError(400, "MessageRejected", "over 10 MB, or over 50 destinations");
        }
        for (String address : to) {
            if (!ADDRESS.matcher(address).matches()) {
                throw new AwsError(400, "InvalidParameterValue", "Missing final '@domain'");
            }
        }
        String id = UUID.randomUUID().toString();
        try {
            outbox.add(Mime.read(id, clock.instant(), to, raw));
        } catch (IllegalArgumentException e) {
            throw new AwsError(400, "InvalidParameterValue", String.valueOf(e.getMessage()));
        }
        return Xml.element("MessageId", id);
    }
}
