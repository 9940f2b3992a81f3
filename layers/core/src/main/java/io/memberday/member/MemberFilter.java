package io.memberday.member;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a table can ask of members as they are stored, without computing. A filter that stands for a
 * segment lets through everybody who is in it, and maybe others.
 */
public sealed interface MemberFilter {
    /** Lets everybody through. */
    MemberFilter EVERYBODY = new All(List.of());

    /** Lets nobody through. */
    MemberFilter NOBODY = new Any(List.of());

    /** A part of the stored member that is there or not. */
    enum Stored {
        MERGED_INTO,
        SINCE,
        PURCHASES,
        SPENT,
        FIRST_PURCHASE,
        LAST_PURCHASE,
        LAST_LOGIN,
        LAST_BROWSE,
        LAST_FAVOURITE,
        LAST_CART,
        LAST_ASK,
        LAST_CHECK_IN,
        REFUNDED_ORDERS,
        POINTS,
        OPEN_ORDERS,
        DEAD_ADDRESSES,
        PHONE,
        EMAIL,
        LANGUAGE,
        GENDER,
        BIRTHDAY,
        COUNTRY,
        REGION,
        CITY,
        ADDRESS
    }

    /** How a stored number or time compares with another. */
    enum Comparison {
        EQUAL,
        UNEQUAL,
        LESS,
        AT_MOST,
        MORE,
        AT_LEAST;

        /** By its name; nothing if there is no such comparison. */
        public static Optional<Comparison> of(String name) {
            return Stream.of(values()).filter(how -> how.name().equals(name)).findFirst();
        }

        /** What holds where this does not. */
        public Comparison negated() {
            return switch (this) {
                case EQUAL -> UNEQUAL;
                case UNEQUAL -> EQUAL;
                case LESS -> AT_LEAST;
                case AT_MOST -> MORE;
                case MORE -> AT_MOST;
                case AT_LEAST -> LESS;
            };
        }

        /** Whether two numbers compare so. */
        public boolean holds(long one, long other) {
            return switch (this) {
                case EQUAL -> one == other;
                case UNEQUAL -> one != other;
                case LESS -> one < other;
                case AT_MOST -> one <= other;
                case MORE -> one > other;
                case AT_LEAST -> one >= other;
            };
        }
    }

    /** Members for whom all of them hold. */
    record All(List<MemberFilter> of) implements MemberFilter {
        public All {
            of = List.copyOf(of);
        }
    }

    /** Members for whom one of them holds. */
    record Any(List<MemberFilter> of) implements MemberFilter {
        public Any {
            of = List.copyOf(of);
        }
    }

    /** Members of whom it is stored, or who have none. */
    record Known(Stored what, boolean is) implements MemberFilter {}

    /** Members whose number compares so; a time is in seconds since 1970. Not for a missing one. */
    record Compared(Stored what, Comparison how, long with) implements MemberFilter {}

    /** Members whose text is one of these, or is none of them or missing. */
    record Among(Stored what, Set<String> values, boolean is) implements MemberFilter {
        public Among {
            values = Set.copyOf(values);
        }
    }

    /** Members whose text contains the part, or does not or is missing. */
    record Contains(Stored what, String part, boolean is) implements MemberFilter {}

    /** Members whose text starts so, or does not or is missing. */
    record Starts(Stored what, String start, boolean is) implements MemberFilter {}

    /** Members with or without a tag. */
    record Tagged(String tag, boolean is) implements MemberFilter {}

    /** Members who said this to marketing on the channel, or who did not. */
    record Said(Channel channel, boolean granted, boolean is) implements MemberFilter {}

    /** All of them, as simple as can be. */
    static MemberFilter all(List<MemberFilter> parts) {
        List<MemberFilter> flat =
                parts.stream()
                        .flatMap(
                                part ->
                                        part instanceof All all
                                                ? all.of().stream()
                                                : Stream.of(part))
                        .distinct()
                        .toList();
        if (flat.contains(NOBODY)) {
            return NOBODY;
        }
        return flat.size() == 1 ? flat.getFirst() : new All(flat);
    }

    /** One of them, as simple as can be. */
    static MemberFilter any(List<MemberFilter> parts) {
        List<MemberFilter> flat =
                parts.stream()
                        .flatMap(
                                part ->
                                        part instanceof Any any
                                                ? any.of().stream()
                                                : Stream.of(part))
                        .distinct()
                        .toList();
        if (flat.contains(EVERYBODY)) {
            return EVERYBODY;
        }
        return flat.size() == 1 ? flat.getFirst() : new Any(flat);
    }

    /** How many operators and functions it takes to write it down, about. */
    default int operators() {
        return switch (this) {
            case All(List<MemberFilter> of) -> of.size() + sum(of);
            case Any(List<MemberFilter> of) -> of.size() + sum(of);
            case Among among -> 2 + among.values().size();
            default -> 2;
        };
    }

    /** A filter of at most so many operators that lets through all that this one does. */
    default MemberFilter within(int operators) {
        if (operators() <= operators) {
            return this;
        }
        if (!(this instanceof All(List<MemberFilter> parts))) {
            return EVERYBODY;
        }
        List<MemberFilter> kept = new ArrayList<>();
        int left = operators;
        for (MemberFilter part :
                parts.stream().sorted(Comparator.comparingInt(MemberFilter::operators)).toList()) {
            left -= part.operators() + 1;
            if (left < 0) {
                break;
            }
            kept.add(part);
        }
        return all(kept);
    }

    private static int sum(List<MemberFilter> of) {
        return of.stream().mapToInt(MemberFilter::operators).sum();
    }
}
