package io.memberday.playbook;

import io.memberday.member.Kind;
import io.memberday.money.Money;
import io.memberday.segment.Segment;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A campaign for a test: like another but for what is said. */
public final class CampaignDraft {
    private String id;
    private Optional<String> wave;
    private Kind kind;
    private int value;
    private List<Schedule> schedules;
    private SendTimes times;
    private Segment segment;
    private List<Campaign.Send> send;
    private int holdoutPercent;
    private Duration attribution;
    private Optional<Money> budget;
    private List<Offer> offers;
    private boolean optOut;
    private List<Variant> variants;
    private Map<String, Segment> compared;
    private Optional<OrderAudience> over;
    private Optional<Coupon> issues;

    private CampaignDraft(Campaign like) {
        id = like.id();
        wave = like.wave();
        kind = like.kind();
        value = like.value();
        schedules = like.schedules();
        times = like.times();
        segment = like.segment();
        send = like.send();
        holdoutPercent = like.holdoutPercent();
        attribution = like.attribution();
        budget = like.budget();
        offers = like.offers();
        optOut = like.optOut();
        variants = like.variants();
        compared = like.compared();
        over = like.over();
        issues = like.issues();
    }

    public static CampaignDraft like(Campaign other) {
        return new CampaignDraft(other);
    }

    public CampaignDraft id(String other) {
        id = other;
        return this;
    }

    public CampaignDraft wave(Optional<String> other) {
        wave = other;
        return this;
    }

    public CampaignDraft kind(Kind other) {
        kind = other;
        return this;
    }

    public CampaignDraft value(int other) {
        value = other;
        return this;
    }

    public CampaignDraft on(Schedule... days) {
        schedules = List.of(days);
        return this;
    }

    public CampaignDraft window(Duration window) {
        return times(SendTimes.within(window));
    }

    public CampaignDraft times(SendTimes other) {
        times = other;
        return this;
    }

    public CampaignDraft segment(Segment other) {
        segment = other;
        return this;
    }

    public CampaignDraft send(Campaign.Send... templates) {
        send = List.of(templates);
        return this;
    }

    public CampaignDraft holdoutPercent(int percent) {
        holdoutPercent = percent;
        return this;
    }

    public CampaignDraft attribution(Duration other) {
        attribution = other;
        return this;
    }

    public CampaignDraft budget(Optional<Money> other) {
        budget = other;
        return this;
    }

    public CampaignDraft offers(List<Offer> other) {
        offers = other;
        return this;
    }

    public CampaignDraft variants(List<Variant> other) {
        variants = other;
        return this;
    }

    public CampaignDraft compared(Map<String, Segment> other) {
        compared = other;
        return this;
    }

    public CampaignDraft over(OrderAudience other) {
        over = Optional.of(other);
        return this;
    }

    public CampaignDraft issues(Coupon coupon) {
        issues = Optional.of(coupon);
        return this;
    }

    public Campaign done() {
        return new Campaign(
                id,
                wave,
                kind,
                value,
                schedules,
                times,
                segment,
                send,
                holdoutPercent,
                attribution,
                budget,
                offers,
                optOut,
                variants,
                compared,
                over,
                issues);
    }
}
