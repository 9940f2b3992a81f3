package io.memberday.local.page;

import io.memberday.member.Channel;
import io.memberday.member.Member;
import io.memberday.member.Profile.Field;
import io.memberday.playbook.Store;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The shop in figures, and its clock. */
final class Overview {
    private static final String MEMBER_DAY = "member-day";
    private static final int DAYS_AHEAD = 366;

    private final PageSources sources;
    private final Members members;
    private final Messages messages;
    private final Runs runs;
    private final Files files;
    private final Moments moments;

    Overview(
            PageSources sources,
            Members members,
            Messages messages,
            Runs runs,
            Files files,
            Moments moments) {
        this.sources = sources;
        this.members = members;
        this.messages = messages;
        this.runs = runs;
        this.files = files;
        this.moments = moments;
    }

    Map<String, Object> shown() {
        Store store = sources.playbook().store();
        Instant now = sources.clock().now();
        List<Member> all = members.all();
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("store", Map.of("name", store.name(), "currency", store.currency()));
        shown.put("now", moments.written(now));
        shown.put(
                "weekday",
                now.atZone(store.zone())
                        .getDayOfWeek()
                        .getDisplayName(TextStyle.FULL, Locale.ENGLISH));
        shown.put("zone", store.zone().getId());
        shown.put("nextMemberDay", moments.written(nextMemberDay()));
        shown.put("counts", counts(all));
        shown.put("layers", grouped(all, member -> members.layer(member, now)));
        shown.put("tiers", grouped(all, member -> members.tier(member, now).name()));
        shown.put("stages", grouped(all, member -> members.stage(member, now)));
        shown.put("consent", consent(all));
        shown.put(
                "countries",
                grouped(all, member -> member.profile().get(Field.COUNTRY).orElse("unknown")));
        shown.put("messages", messages.counts());
        return shown;
    }

    /** When member day is due next, by the playbook's schedules. */
    Optional<Instant> nextMemberDay() {
        ZonedDateTime now = sources.clock().now().atZone(sources.playbook().store().zone());
        LocalDate today = now.toLocalDate();
        return sources.playbook()
                .campaign(MEMBER_DAY)
                .flatMap(
                        campaign ->
                                today.datesUntil(today.plusDays(DAYS_AHEAD))
                                        .flatMap(
                                                date ->
                                                        campaign
                                                                .schedule(date)
                                                                .map(its -> date.atTime(its.at()))
                                                                .stream())
                                        .map(time -> time.atZone(now.getZone()))
                                        .filter(time -> time.isAfter(now))
                                        .findFirst())
                .map(ZonedDateTime::toInstant);
    }

    private Map<String, Long> counts(List<Member> all) {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("members", (long) all.size());
        counts.put(
                "with a kept purchase",
                all.stream().filter(member -> member.purchases().count() > 0).count());
        counts.put("reachable by SMS", reachable(all, Channel.SMS));
        counts.put("reachable by email", reachable(all, Channel.EMAIL));
        counts.put(
                "joined from several",
                all.stream().filter(member -> !member.was().isEmpty()).count());
        counts.put(
                "orders waiting for payment",
                all.stream().mapToLong(member -> member.openOrders().size()).sum());
        counts.put("messages captured", (long) sources.messages().get().size());
        counts.put("runs", (long) runs.all().size());
        counts.put("exports", (long) ((List<?>) files.exports().get("exports")).size());
        return counts;
    }

    private static long reachable(List<Member> all, Channel channel) {
        return all.stream().filter(member -> member.reachableAt(channel).isPresent()).count();
    }

    private static Map<String, Long> consent(List<Member> all) {
        return all.stream()
                .flatMap(
                        member ->
                                Members.consent(member).entrySet().stream()
                                        .map(said -> said.getKey() + " " + said.getValue()))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey,
                                Map.Entry::getValue,
                                Long::sum,
                                LinkedHashMap::new));
    }

    /** How many there are of each, the most first. */
    private static Map<String, Long> grouped(List<Member> all, Function<Member, String> by) {
        Stream<Map.Entry<String, Long>> counted =
                all.stream()
                        .collect(Collectors.groupingBy(by, Collectors.counting()))
                        .entrySet()
                        .stream();
        Map<String, Long> sorted = new LinkedHashMap<>();
        counted.sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }
}
