package io.memberday.benchmark;

import io.memberday.member.MemberFilter;
import io.memberday.member.MemberScan;

import java.util.Optional;
import java.util.stream.LongStream;

/** So many members, none of whom is kept: each follows from its number. */
record GeneratedScan(long count) implements MemberScan {
    @Override
    public ScanPage page(
            int segment, int of, Optional<String> after, int limit, MemberFilter filter) {
        long from = after.map(id -> Long.parseLong(id.substring(1)) + 1).orElse(0L);
        long until = Math.min(count, from + limit);
        return new ScanPage(
                LongStream.range(from, until).mapToObj(Shoppers::shopper).toList(),
                until == count ? Optional.empty() : Optional.of(Shoppers.id(until - 1)));
    }

    @Override
    public long about() {
        return count;
    }
}
