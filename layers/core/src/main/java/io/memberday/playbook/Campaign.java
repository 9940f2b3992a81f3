package io.memberday.playbook;

import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.message.Templates;
import io.memberday.money.Money;
import io.memberday.segment.Segment;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A planned promotion, or one wave of it.
 *
 * @param id such as {@code member-day}; the waves of a promotion share it, and so their control
 *     group
 * @param wave such as {@code recall}; empty if the promotion has no waves
 * @param kind nearly always marketing
 * @param value which campaign wins a member inside one scan
 * @param schedules the days and times
 * @param times when on such a day, and for how long after
 * @param segment who is addressed
 * @param send channel and template, the preferred first: a member gets the first one that reaches
 * @param holdoutPercent of the eligible members, who get nothing: the control group
 * @param attribution how long after sending an order counts for the run
 * @param budget the run's cap; it stops at it
 * @param offers by date; empty if the text needs none
 * @param optOut whether its SMS carry the store's opt-out words, as law asks for in most countries
 * @param variants tried against each other; empty if there is one way to speak
 * @param compared segments by name, by which its results are told beside tier, layer and stage
 * @param over the orders that its audience is made of; empty where it is made of members
 * @param issues a coupon to each that it is sent to; empty if it gives none
 */
public record Campaign(
        String id,
        Optional<String> wave,
        Kind kind,
        int value,
        List<Schedule> schedules,
        SendTimes times,
        Segment segment,
        List<Send> send,
        int holdoutPercent,
        Duration attribution,
        Optional<Money> budget,
        List<Offer> offers,
        boolean optOut,
        List<Variant> variants,
        Map<String, Segment> compared,
        Optional<OrderAudience> over,
        Optional<Coupon> issues) {

    /** A template on a channel. */
    public record Send(Channel channel, String template) {}

    public Campaign {
        schedules = List.copyOf(schedules);
        send = List.copyOf(send);
        offers = List.copyOf(offers);
        variants = List.copyOf(variants);
        compared = Collections.unmodifiableMap(new LinkedHashMap<>(compared));
    }

    /** The campaign as those get it who get a variant. */
    public Campaign as(Variant variant) {
        List<Offer> told =
                variant.offer().isEmpty()
                        ? offers
                        : offers.stream().map(offer -> offer.saying(variant.offer())).toList();
        return new Campaign(
                id,
                wave,
                kind,
                value,
                schedules,
                times,
                segment,
                variant.send(),
                holdoutPercent,
                attribution,
                budget,
                told,
                optOut,
                List.of(),
                compared,
                over,
                issues);
    }

    /** All that it may send, in whichever variant. */
    public List<Send> allSends() {
        return Stream.concat(send.stream(), variants.stream().flatMap(one -> one.send().stream()))
                .distinct()
                .toList();
    }

    /**
     * Whether it is sent to the store's global control group, too: service, and birthdays, which
     * are care and no promotion.
     */
    public boolean isOwed() {
        return kind == Kind.SERVICE
                || schedules.stream().anyMatch(Schedule.Birthday.class::isInstance);
    }

    /**
     * What follows an SMS text of this campaign in a language: the template's, not the member's.
     */
    public Templates.SmsEnding ending(Store store, String language) {
        return store.ending(optOut ? kind : Kind.SERVICE, language);
    }

    /** The richest offer of a date. */
    public Optional<Offer> offer(LocalDate date) {
        return offers.stream()
                .filter(offer -> offer.on().on(date))
                .max(Comparator.comparingInt(Offer::value));
    }

    /** How long after its time a run may still send to those without a time of their own. */
    public Duration window() {
        return times.window();
    }

    /** By what it is asked for: {@code member-day}, of a wave {@code double-eleven#recall}. */
    public String key() {
        return wave.map(name -> id + "#" + name).orElse(id);
    }

    /**
     * The birthday of those whom it addresses on a date; nothing if it is not about birthdays. Its
     * segment then chooses among them.
     */
    public Optional<LocalDate> birthday(LocalDate date) {
        return schedules.stream()
                .filter(Schedule.Birthday.class::isInstance)
                .map(schedule -> date.plusDays(((Schedule.Birthday) schedule).daysBefore()))
                .findFirst();
    }

    /** Whether it runs every day, as for birthdays. */
    public boolean everyDay() {
        return schedules.stream()
                .anyMatch(
                        schedule ->
                                schedule instanceof Schedule.Daily
                                        || schedule instanceof Schedule.Birthday);
    }

    /** The schedule that holds on a date; of several the earliest in the day. */
    public Optional<Schedule> schedule(LocalDate date) {
        return schedules.stream()
                .filter(schedule -> schedule.on(date))
                .min(Comparator.comparing(Schedule::at));
    }
}
