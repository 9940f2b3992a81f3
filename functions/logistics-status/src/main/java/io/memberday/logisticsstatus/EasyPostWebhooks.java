package io.memberday.logisticsstatus;

import io.memberday.aws.WebhookRequest;
import io.memberday.ingest.EasyPostParcels;
import io.memberday.ingest.ParcelIngest;
import io.memberday.ingest.Signatures;
import io.memberday.parcel.Parcel;

import java.text.Normalizer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The source {@code easypost}. */
record EasyPostWebhooks(EasyPostParcels parcels, ParcelIngest ingest) implements Tracker {
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
    public Optional<Parcel> parcel(WebhookRequest request, Instant now) {
        return parcels.read(request.text(), now);
    }
}
