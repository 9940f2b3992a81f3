package io.memberday.logisticsstatus;

import io.memberday.aws.WebhookEndpoint.Source;
import io.memberday.aws.WebhookEndpoint.Taken;
import io.memberday.aws.WebhookRequest;
import io.memberday.ingest.Kuaidi100Parcels;
import io.memberday.ingest.ParcelIngest;
import io.memberday.ingest.Signatures;
import io.memberday.json.BadInput;
import io.memberday.json.Json;
import io.memberday.parcel.Parcel;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The source {@code kuaidi100}: a form whose {@code sign} is the MD5 of {@code param} and the
 * subscription's salt. No time is signed, so a recorded push can be sent again; that changes
 * nothing, as a history joins with what is known of it.
 */
record Kuaidi100Webhooks(Kuaidi100Parcels parcels, ParcelIngest ingest) implements Source {
    private static final int OK = 200;

    @Override
    public String signature() {
        return "sign of the form";
    }

    @Override
    public boolean signed(WebhookRequest request, List<String> secrets, Instant now) {
        Optional<String> param = request.formField("param");
        return param.isPresent()
                && Signatures.md5(
                        request.formField("sign").orElse(""), secrets, salt -> param.get() + salt);
    }

    @Override
    public Taken take(WebhookRequest request, Instant now) {
        String param =
                request.formField("param")
                        .orElseThrow(() -> new BadInput("body", "", "send a form with param"));
        List<Parcel> told = parcels.read(param, now);
        boolean changed = false;
        for (Parcel parcel : told) {
            changed |= ingest.take(parcel);
        }
        return told.isEmpty() ? Taken.IGNORED : Taken.of(changed);
    }

    @Override
    public String answer(Taken taken) {
        return answer(true, OK, "成功");
    }

    @Override
    public String refusal(int status, String error) {
        return answer(false, status, error);
    }

    private static String answer(boolean result, int code, String message) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("result", result);
        answer.put("returnCode", Integer.toString(code));
        answer.put("message", message);
        return Json.write(answer);
    }
}
