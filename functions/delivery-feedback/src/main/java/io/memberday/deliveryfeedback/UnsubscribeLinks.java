package io.memberday.deliveryfeedback;

import io.memberday.aws.WebhookSecrets;
import io.memberday.message.UnsubscribeTokens;
import io.memberday.message.Unsubscription;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Reads tokens with the live keys of unsubscribe links, a new one at once. */
final class UnsubscribeLinks implements Function<String, Optional<Unsubscription>> {
    private static final String SOURCE = "unsubscribe";

    private final WebhookSecrets secrets;

    UnsubscribeLinks(WebhookSecrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public Optional<Unsubscription> apply(String token) {
        AtomicReference<Optional<Unsubscription>> link = new AtomicReference<>(Optional.empty());
        secrets.hold(
                SOURCE,
                keys -> {
                    if (!keys.isEmpty()) {
                        link.set(new UnsubscribeTokens(keys).read(token));
                    }
                    return link.get().isPresent();
                });
        return link.get();
    }
}
