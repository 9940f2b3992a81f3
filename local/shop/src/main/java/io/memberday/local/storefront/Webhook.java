package io.memberday.local.storefront;

import java.util.Map;

/**
 * A webhook before it is signed.
 *
 * @param lane webhooks of one lane go one after the other, as one storefront sends one buyer's
 * @param source whose secret signs it
 * @param path of the HTTP API
 * @param headers beside the signature
 * @param body JSON
 */
public record Webhook(
        int lane, String source, String path, Map<String, String> headers, String body) {}
