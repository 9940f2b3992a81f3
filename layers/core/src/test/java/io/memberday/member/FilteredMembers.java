package io.memberday.member;

import io.memberday.member.MemberFilter.Stored;

import java.util.List;
import java.util.Optional;

/** A filter asked in memory, as the table asks it: of what is stored. */
public final class FilteredMembers {
    private FilteredMembers() {}

    public static boolean passes(MemberFilter filter, Member member) {
        return switch (filter) {
            case MemberFilter.All(List<MemberFilter> of) ->
                    of.stream().allMatch(part -> passes(part, member));
            case MemberFilter.Any(List<MemberFilter> of) ->
                    of.stream().anyMatch(part -> passes(part, member));
            case MemberFilter.Known(Stored what, boolean is) ->
                    (text(member, what).isPresent() || number(member, what).isPresent()) == is;
            case MemberFilter.Compared compared ->
                    number(member, compared.what())
                            .filter(stored -> compared.how().holds(stored, compared.with()))
                            .isPresent();
            case MemberFilter.Among among ->
                    text(member, among.what()).filter(among.values()::contains).isPresent()
                            == among.is();
            case MemberFilter.Contains has ->
                    text(member, has.what()).filter(text -> text.contains(has.part())).isPresent()
                            == has.is();
            case MemberFilter.Starts starts ->
                    text(member, starts.what())
                                    .filter(text -> text.startsWith(starts.start()))
                                    .isPresent()
                            == starts.is();
            case MemberFilter.Tagged(String tag, boolean is) ->
                    member.tags().containsKey(tag) == is;
            case MemberFilter.Said said ->
                    member.consents()
                                    .of(said.channel(), Kind.MARKETING)
                                    .filter(consent -> consent.granted() == said.granted())
                                    .isPresent()
                            == said.is();
        };
    }

    private static Optional<String> text(Member member, Stored what) {
        return switch (what) {
            case MERGED_INTO -> member.mergedInto();
            case PHONE, EMAIL, LANGUAGE, GENDER, BIRTHDAY, COUNTRY, REGION, CITY, ADDRESS ->
                    member.profile().get(Profile.Field.valueOf(what.name()));
            default -> Optional.empty();
        };
    }

    private static Optional<Long> number(Member member, Stored what) {
        Purchases purchases = member.purchases();
        return switch (what) {
            case SINCE -> Optional.of(member.since().getEpochSecond());
            case PURCHASES -> unlessZero(purchases.count());
            case SPENT -> unlessZero(purchases.minor());
            case FIRST_PURCHASE -> purchases.first().map(at -> at.getEpochSecond());
            case LAST_PURCHASE -> purchases.last().map(at -> at.getEpochSecond());
            case LAST_LOGIN -> member.lastLogin().map(at -> at.getEpochSecond());
            case LAST_BROWSE -> at(member, Act.BROWSE);
            case LAST_FAVOURITE -> at(member, Act.FAVOURITE);
            case LAST_CART -> at(member, Act.CART);
            case LAST_ASK -> at(member, Act.ASK);
            case LAST_CHECK_IN -> at(member, Act.CHECK_IN);
            case REFUNDED_ORDERS -> unlessZero(member.refundedOrders());
            case POINTS -> unlessZero(member.points());
            case OPEN_ORDERS -> unlessZero(member.openOrders().size());
            case DEAD_ADDRESSES -> unlessZero(member.dead().size());
            default -> Optional.empty();
        };
    }

    private static Optional<Long> at(Member member, Act act) {
        return member.behaviour().at(act).map(at -> at.getEpochSecond());
    }

    private static Optional<Long> unlessZero(long number) {
        return Optional.of(number).filter(value -> value != 0);
    }
}
