package io.memberday.desk;

import io.memberday.json.BadInput;
import io.memberday.json.Fields;
import io.memberday.member.Addresses;
import io.memberday.member.Identity;
import io.memberday.member.Member;
import io.memberday.member.Survivor;
import io.memberday.order.OrderKey;
import io.memberday.playbook.Store;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds the member whom any identity names (R11): {@code {"phone": …}}, {@code "email"}, {@code
 * "account"} as {@code source:shop:account}, {@code "order"} as {@code source:shop:number}, or
 * {@code "member"}.
 */
public final class MemberSearch {
    private static final String MEMBER = "member";
    private static final String PHONE = "phone";
    private static final String EMAIL = "email";
    private static final String ACCOUNT = "account";
    private static final String ORDER = "order";
    private static final List<String> NAMES = List.of(MEMBER, PHONE, EMAIL, ACCOUNT, ORDER);

    /** Source and shop have no colon; the rest is the platform's. */
    private static final Pattern THREE_PARTS = Pattern.compile("[^:]+:[^:]+:.+");

    private final DeskStore store;
    private final Addresses addresses;

    public MemberSearch(DeskStore store, Store shop) {
        this.store = store;
        this.addresses = new Addresses(shop.country(), shop.placeholders());
    }

    /**
     * The member whom a request names.
     *
     * @throws BadInput if it does not name one, in a form in which somebody can be named
     */
    public Optional<Member> find(Fields request) {
        List<String> given = NAMES.stream().filter(request::has).toList();
        if (given.size() != 1) {
            throw new BadInput(
                    "body", given, "name the member by one of " + String.join(", ", NAMES));
        }
        String value = request.text(given.getFirst()).strip();
        Optional<String> id =
                switch (given.getFirst()) {
                    case PHONE ->
                            store.named(
                                    Identity.phone(
                                            named(
                                                    request,
                                                    PHONE,
                                                    addresses.phone(value),
                                                    "must be a whole mobile number, such as"
                                                            + " +8613800138001")));
                    case EMAIL ->
                            store.named(
                                    Identity.email(
                                            named(
                                                    request,
                                                    EMAIL,
                                                    addresses.email(value),
                                                    "must be a whole email address of somebody's"
                                                            + " own")));
                    case ACCOUNT ->
                            store.named(
                                    new Identity(
                                            named(
                                                    request,
                                                    ACCOUNT,
                                                    threeParts(value)
                                                            .filter(
                                                                    key ->
                                                                            !addresses.placeholder(
                                                                                    key)),
                                                    "must be source:shop:account, such as"
                                                            + " shopify:my-shop:1153106")));
                    case ORDER ->
                            store.buyer(
                                    OrderKey.of(
                                            named(
                                                    request,
                                                    ORDER,
                                                    threeParts(value),
                                                    "must be source:shop:number, such as"
                                                            + " memberday:main:1001")));
                    default -> Optional.of(value);
                };
        return id.flatMap(this::live);
    }

    /** The member of an id, or whom it was merged into. */
    public Optional<Member> live(String id) {
        return Survivor.of(id, store::member);
    }

    private static Optional<String> threeParts(String value) {
        return Optional.of(value).filter(key -> THREE_PARTS.matcher(key).matches());
    }

    private static String named(Fields request, String field, Optional<String> name, String mend) {
        return name.orElseThrow(() -> request.bad(field, mend));
    }
}
