package io.memberday.logisticsstatus;

import io.memberday.aws.WebhookEndpoint.Source;
import io.memberday.aws.WebhookEndpoint.Taken;
import io.memberday.aws.WebhookRequest;
import io.memberday.ingest.EasyPostParcels;
import io.memberday.ingest.ParcelIngest;
import io.memberday.ingest.Signatures;

import java.text.Normalizer;
import java.time.Instant;
import java.util.List;

/**
 * The source {@code easypost}. Its signature covers no time, so a recorded body can be sent again;
 * that changes nothing, as what it tells joins with what is known.
 */
record EasyPostWebhooks(EasyPostParcels parcels, ParcelIngest ingest) implements Source {
    private static final String SIGNATURE = "X-Hmac-Signature";
    private static final String SCHEME = "hmac-sha256-hex=";

    @Override
    public String signature() {
        return SIGNATURE;
    }

    @Override
    public boolean signed(WebhookRequest request, List<String> secrets, Instant now) {
        String header = request.header(SIGNATURE).orElse("");
        return header.startsWith(SCHEME)
                && Signatures.hex(
                        header.substring(SCHEME.length()),
                        request.body(),
                        secrets.stream()
                                .map(key -> Normalizer.normalize(key, Normalizer.Form.NFKD))
                                .toList());
    }

    @Override
    public Taken take(WebhookRequest request, Instant now) {
        return parcels.read(request.text(), now)
                .map(parcel -> Taken.of(ingest.take(parcel)))
                .orElse(Taken.IGNORED);
    }

    /**
     * It tries again until it is taken, and cannot mend what we cannot read; its next push has all
     * of it.
     */
    @Override
    public boolean swallows() {
        return true;
    }
}
