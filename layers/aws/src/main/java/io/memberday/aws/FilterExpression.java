package io.memberday.aws;

import io.memberday.member.Act;
import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.member.MemberFilter;
import io.memberday.member.MemberFilter.Comparison;
import io.memberday.member.MemberFilter.Stored;
import io.memberday.member.Profile.Field;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A member filter as DynamoDB takes it. DynamoDB refuses an expression of more than 300 operators
 * and functions, of more than 4 KB, or with more than 100 operands of one {@code IN}: what does not
 * fit is left out, so that more members pass.
 */
final class FilterExpression {
    private static final int MOST_OPERATORS = 300;
    private static final int MOST_BYTES = 4_096;
    private static final int MOST_OPERANDS = 100;

    private final Map<String, String> names = new HashMap<>();
    private final Map<String, AttributeValue> values = new HashMap<>();
    private final String text;

    private FilterExpression(MemberFilter filter) {
        text = write(filter);
    }

    /** The most of a filter that DynamoDB takes; an empty text if that is nothing. */
    static FilterExpression of(MemberFilter filter) {
        int operators = MOST_OPERATORS;
        while (operators > 0) {
            MemberFilter fits = filter.within(operators);
            if (fits.equals(MemberFilter.EVERYBODY)) {
                break;
            }
            FilterExpression written = new FilterExpression(fits);
            if (written.text.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES) {
                return written;
            }
            operators /= 2;
        }
        return new FilterExpression(MemberFilter.EVERYBODY);
    }

    String text() {
        return text;
    }

    Map<String, String> names() {
        return Map.copyOf(names);
    }

    Map<String, AttributeValue> values() {
        return Map.copyOf(values);
    }

    private String write(MemberFilter filter) {
        return switch (filter) {
            case MemberFilter.All(List<MemberFilter> of) -> joined(of, " AND ");
            // Nobody is without a key.
            case MemberFilter.Any(List<MemberFilter> of) when of.isEmpty() ->
                    "attribute_not_exists(" + name(MemberFormat.ID) + ")";
            case MemberFilter.Any(List<MemberFilter> of) -> joined(of, " OR ");
            case MemberFilter.Known(Stored what, boolean is) ->
                    (is ? "attribute_exists(" : "attribute_not_exists(") + name(what) + ")";
            case MemberFilter.Compared(Stored what, Comparison how, long with) ->
                    name(what) + sign(how) + value(RowDraft.of(with));
            case MemberFilter.Among among -> among(among);
            case MemberFilter.Contains(Stored what, String part, boolean is) ->
                    call("contains", name(what), part, is);
            case MemberFilter.Starts(Stored what, String start, boolean is) ->
                    call("begins_with", name(what), start, is);
            case MemberFilter.Tagged(String tag, boolean is) ->
                    (is ? "attribute_exists(" : "attribute_not_exists(")
                            + name(MemberFormat.TAGS)
                            + "."
                            + name(tag)
                            + ")";
            case MemberFilter.Said(Channel channel, boolean granted, boolean is) ->
                    call(
                            "begins_with",
                            name(MemberFormat.consent(channel, Kind.MARKETING)),
                            granted ? MemberFormat.GRANTED : MemberFormat.REFUSED,
                            is);
        };
    }

    /** Parts in brackets where they need them: DynamoDB refuses those that are too many. */
    private String joined(List<MemberFilter> parts, String with) {
        return parts.stream()
                .map(
                        part ->
                                compound(part) && parts.size() > 1
                                        ? "(" + write(part) + ")"
                                        : write(part))
                .collect(Collectors.joining(with));
    }

    private static boolean compound(MemberFilter part) {
        return switch (part) {
            case MemberFilter.All all -> true;
            case MemberFilter.Any any -> !any.of().isEmpty();
            case MemberFilter.Among among -> among.values().size() > MOST_OPERANDS;
            default -> false;
        };
    }

    private String among(MemberFilter.Among among) {
        List<String> all = new ArrayList<>(new TreeSet<>(among.values()));
        List<String> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += MOST_OPERANDS) {
            parts.add(
                    (among.is() ? "" : "NOT ")
                            + name(among.what())
                            + all.subList(from, Math.min(from + MOST_OPERANDS, all.size())).stream()
                                    .map(text -> value(RowDraft.of(text)))
                                    .collect(Collectors.joining(",", " IN (", ")")));
        }
        return String.join(among.is() ? " OR " : " AND ", parts);
    }

    private String call(String function, String on, String text, boolean is) {
        return (is ? "" : "NOT ") + function + "(" + on + "," + value(RowDraft.of(text)) + ")";
    }

    private String name(Stored what) {
        return name(attribute(what));
    }

    private String name(String attribute) {
        for (Map.Entry<String, String> known : names.entrySet()) {
            if (known.getValue().equals(attribute)) {
                return known.getKey();
            }
        }
        String placeholder = "#" + names.size();
        names.put(placeholder, attribute);
        return placeholder;
    }

    private String value(AttributeValue value) {
        String placeholder = ":" + values.size();
        values.put(placeholder, value);
        return placeholder;
    }

    private static String sign(Comparison how) {
        return switch (how) {
            case EQUAL -> " = ";
            case UNEQUAL -> " <> ";
            case LESS -> " < ";
            case AT_MOST -> " <= ";
            case MORE -> " > ";
            case AT_LEAST -> " >= ";
        };
    }

    private static String attribute(Stored what) {
        return switch (what) {
            case MERGED_INTO -> MemberFormat.MERGED_INTO;
            case SINCE -> MemberFormat.SINCE;
            case PURCHASES -> MemberFormat.COUNT;
            case SPENT -> MemberFormat.SUM;
            case FIRST_PURCHASE -> MemberFormat.FIRST;
            case LAST_PURCHASE -> MemberFormat.LAST;
            case LAST_LOGIN -> MemberFormat.LAST_LOGIN;
            case LAST_BROWSE -> MemberFormat.act(Act.BROWSE);
            case LAST_FAVOURITE -> MemberFormat.act(Act.FAVOURITE);
            case LAST_CART -> MemberFormat.act(Act.CART);
            case LAST_ASK -> MemberFormat.act(Act.ASK);
            case LAST_CHECK_IN -> MemberFormat.act(Act.CHECK_IN);
            case REFUNDED_ORDERS -> MemberFormat.REFUNDED_ORDERS;
            case POINTS -> MemberFormat.POINTS;
            case OPEN_ORDERS -> MemberFormat.OPEN_ORDERS;
            case DEAD_ADDRESSES -> MemberFormat.DEAD;
            case PHONE, EMAIL, LANGUAGE, GENDER, BIRTHDAY, COUNTRY, REGION, CITY, ADDRESS ->
                    MemberFormat.profile(Field.valueOf(what.name()));
        };
    }
}
