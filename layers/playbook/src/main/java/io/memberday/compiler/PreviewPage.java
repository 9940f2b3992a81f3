package io.memberday.compiler;

import io.memberday.campaign.Bought;
import io.memberday.campaign.RunMessage;
import io.memberday.campaign.Split;
import io.memberday.file.Html;
import io.memberday.member.Channel;
import io.memberday.message.SmsParts;
import io.memberday.message.Templates.Template;
import io.memberday.message.Worded;
import io.memberday.order.Milestone;
import io.memberday.order.Order;
import io.memberday.order.OrderFacts;
import io.memberday.order.OrderKey;
import io.memberday.parcel.ParcelKey;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.Campaign.Send;
import io.memberday.playbook.Frozen;
import io.memberday.playbook.Offer;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.Store;
import io.memberday.playbook.Timing;
import io.memberday.playbook.Touchpoint;
import io.memberday.playbook.Variant;
import io.memberday.touch.ServiceTouch;
import io.memberday.touch.TouchMessage;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every text of a playbook as sample members would get it, with its parts and its cost: one HTML
 * page that needs no other file, no script and no network. The texts are worded as a run words
 * them.
 */
final class PreviewPage {
    /** Longer than any schedule's pause: leap days come within eight years. */
    private static final int MOST_YEARS = 9;

    private static final int DECIMALS = 6;
    private static final ParcelKey PARCEL = new ParcelKey("sf", "SF1390000000421");
    private static final String STYLE =
            """
            :root{color-scheme:light dark;--ink:#1d2733;--soft:#5b6775;--line:#d9dfe6;--back:#fff;
            --text:#eef2f6;--bad:#c2622d}
            @media(prefers-color-scheme:dark){:root{--ink:#e8ecf0;--soft:#a3adb8;--line:#36404b;
            --back:#14191f;--text:#212a33;--bad:#e08a55}}
            body{font:16px/1.5 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;color:var(--ink);
            background:var(--back);max-width:60rem;margin:2rem auto;padding:0 1rem}
            h1{font-size:1.6rem;margin:0}h2{font-size:1.15rem;margin:2rem 0 .5rem}
            .soft{color:var(--soft)}.more{color:var(--bad)}
            article{border-top:1px solid var(--line);padding:.6rem 0}
            article p{margin:.2rem 0}
            .text{background:var(--text);border-radius:.8rem;padding:.5rem .8rem;max-width:34rem;
            white-space:pre-wrap;overflow-wrap:anywhere}
            iframe{width:100%;height:22rem;border:1px solid var(--line);background:#fff}
            """;

    private final Playbook playbook;
    private final Store store;
    private final LocalDate today;
    private final Instant now;
    private final Html html = new Html();

    /**
     * @param today from which the next day of each campaign and offer is looked for
     */
    PreviewPage(Playbook playbook, LocalDate today) {
        this.playbook = playbook;
        this.store = playbook.store();
        this.today = today;
        this.now = today.atStartOfDay(store.zone()).toInstant();
    }

    String html() {
        html.raw("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">")
                .raw("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
                .element("title", "Texts of " + store.name())
                .raw("<style>" + STYLE + "</style></head><body>")
                .element("h1", "Texts of " + store.name())
                .raw("<p class=\"soft\">")
                .text("Every text as sample members would get it, from " + today + " on.")
                .raw("</p>");
        playbook.campaigns().forEach(this::campaign);
        playbook.touchpoints().forEach(this::touchpoint);
        return html.raw("</body></html>\n").toString();
    }

    private void campaign(Campaign campaign) {
        html.element("h2", campaign.key());
        Frozen frozen = Frozen.of(playbook, campaign);
        for (Map.Entry<LocalDate, Optional<Offer>> day : days(campaign).entrySet()) {
            LocalDate date = day.getKey();
            Instant at =
                    date.atTime(campaign.schedule(date).orElseThrow().at())
                            .atZone(store.zone())
                            .toInstant();
            RunMessage message = new RunMessage(frozen, date, at);
            String when = date + day.getValue().map(offer -> ", " + offer.id()).orElse("");
            if (campaign.variants().isEmpty()) {
                shown(campaign, message, Split.NONE, campaign.send(), when, at);
            }
            for (Variant variant : campaign.variants()) {
                shown(
                        campaign,
                        message,
                        variant.id(),
                        variant.send(),
                        when + ", " + variant.id(),
                        at);
            }
        }
    }

    private void shown(
            Campaign campaign,
            RunMessage message,
            String variant,
            List<Send> sends,
            String when,
            Instant at) {
        for (Send send : sends) {
            samples(send, at)
                    .forEach(
                            sample ->
                                    show(
                                            when,
                                            sample.label(),
                                            message.worded(
                                                    sample.member(),
                                                    variant,
                                                    send.channel(),
                                                    link(),
                                                    campaign.over()
                                                            .map(
                                                                    _ ->
                                                                            Bought.sample(
                                                                                    sample
                                                                                            .member())))));
        }
    }

    private static Map<String, String> link() {
        return Map.of(RunMessage.UNSUBSCRIBE, "https://shop.example/unsubscribe/sample");
    }

    /** The next day of each offer; without offers the next day. */
    private Map<LocalDate, Optional<Offer>> days(Campaign campaign) {
        Map<LocalDate, Optional<Offer>> days = new LinkedHashMap<>();
        today.datesUntil(today.plusYears(MOST_YEARS))
                .filter(date -> campaign.schedule(date).isPresent())
                .filter(date -> !days.containsValue(campaign.offer(date)))
                .forEach(date -> days.put(date, campaign.offer(date)));
        if (days.isEmpty()) {
            html.raw("<p class=\"soft\">").text("Has no day to come.").raw("</p>");
        }
        return days;
    }

    private void touchpoint(Touchpoint touchpoint) {
        html.element("h2", touchpoint.id());
        TouchMessage message = new TouchMessage(playbook);
        OrderKey key = new OrderKey("memberday", "shop", "2026111100421733");
        Order order =
                new Order(
                        key,
                        1,
                        Optional.of(
                                new OrderFacts(
                                        Map.of(Milestone.CREATED, now),
                                        128_800,
                                        List.of(),
                                        List.of(PARCEL))),
                        Map.of(),
                        Map.of());
        for (Send send : touchpoint.allSends()) {
            samples(send, now)
                    .forEach(
                            sample ->
                                    message.worded(
                                                    touchpoint,
                                                    send,
                                                    touch(touchpoint, key, sample),
                                                    order,
                                                    sample.member(),
                                                    now,
                                                    link())
                                            .ifPresent(
                                                    worded ->
                                                            show(
                                                                    touchpoint.on().key(),
                                                                    sample.label(),
                                                                    worded)));
        }
    }

    private ServiceTouch touch(Touchpoint touchpoint, OrderKey order, SampleMember sample) {
        return ServiceTouch.planned(
                touchpoint.kind(),
                touchpoint.id(),
                order.toString(),
                sample.member().id(),
                order.toString(),
                Optional.of(PARCEL.toString()),
                now,
                new Timing.Due(now, now.plus(Duration.ofHours(1))));
    }

    /** Two in each language in which the template is written. */
    private Stream<SampleMember> samples(Send send, Instant at) {
        return playbook.templates().all().stream()
                .filter(template -> template.channel() == send.channel())
                .filter(template -> template.id().equals(send.template()))
                .map(Template::language)
                .flatMap(language -> SampleMember.of(store, language, at));
    }

    private void show(String when, String whom, Worded worded) {
        boolean sms = worded.body().channel() == Channel.SMS;
        html.raw("<article><p class=\"soft\">")
                .text("%s, %s, %s to %s".formatted(when, worded.name(), kind(sms), whom))
                .raw("</p>");
        if (sms) {
            html.raw("<p class=\"text\">").text(worded.body().text()).raw("</p>");
        } else {
            html.element("p", worded.body().subject())
                    .raw("<iframe sandbox title=\"email\" srcdoc=\"")
                    .text(worded.body().html())
                    .raw("\"></iframe><details><summary>Text part</summary><p class=\"text\">")
                    .text(worded.body().text())
                    .raw("</p></details>");
        }
        html.raw(worded.body().parts() > 1 ? "<p class=\"more\">" : "<p class=\"soft\">")
                .text(count(worded, sms))
                .raw("</p></article>");
    }

    private static String kind(boolean sms) {
        return sms ? "SMS" : "email";
    }

    private String count(Worded worded, boolean sms) {
        String cost =
                BigDecimal.valueOf(worded.costMicros(), DECIMALS)
                                .stripTrailingZeros()
                                .toPlainString()
                        + " "
                        + store.currency();
        int parts = worded.body().parts();
        return sms
                ? "%d characters, %d part%s, %s"
                        .formatted(
                                SmsParts.of(worded.body().text()).units(),
                                parts,
                                parts == 1 ? "" : "s",
                                cost)
                : cost;
    }
}
