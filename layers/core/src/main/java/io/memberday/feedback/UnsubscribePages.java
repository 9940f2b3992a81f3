package io.memberday.feedback;

import io.memberday.member.Consents.Topic;
import io.memberday.member.Member;
import io.memberday.message.Unsubscription;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What an unsubscribe link answers (RFC 8058). Looking changes nothing, as mail scanners open every
 * link; a mail client's one click and the page's first button refuse at once, without a question
 * more. Below it the person chooses by channel and kind, and may agree again: the link is proof
 * enough of who asks, and the row says where it was said (R50).
 */
public final class UnsubscribePages {
    private static final Logger LOG = LoggerFactory.getLogger(UnsubscribePages.class);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    /** A mail client sends {@code List-Unsubscribe=One-Click}, as a form of either encoding. */
    private static final String ONE_CLICK = "One-Click";

    private final PreferencePage page;
    private final Function<String, Optional<Unsubscription>> links;
    private final Refusals refusals;
    private final Clock clock;

    /**
     * @param store the shop's name, as the page shows it
     * @param links reads a token; nothing if it is not one of ours
     */
    public UnsubscribePages(
            String store,
            Function<String, Optional<Unsubscription>> links,
            Refusals refusals,
            Clock clock) {
        this.page = new PreferencePage(store);
        this.links = links;
        this.refusals = refusals;
        this.clock = clock;
    }

    /**
     * An answer by HTTP.
     *
     * @param body HTML, or empty
     */
    public record Answer(int status, String body) {}

    /** What a GET shows. */
    public Answer look(String token) {
        return links.apply(token)
                .flatMap(
                        link ->
                                refusals.member(link)
                                        .map(member -> new Answer(OK, page.asked(link, member))))
                .orElse(unknown());
    }

    /**
     * What a POST does: the page's form of choices sets them; anything else refuses what the link
     * names, as that is what whoever posts to it wants.
     */
    public Answer post(String token, String form) {
        return links.apply(token).flatMap(link -> posted(link, form)).orElse(unknown());
    }

    private Optional<Answer> posted(Unsubscription link, String form) {
        if (form.contains(ONE_CLICK)) {
            return refuse(link).map(member -> new Answer(OK, ""));
        }
        return values(form, PreferencePage.CHOOSE).isEmpty()
                ? refuse(link).map(member -> new Answer(OK, page.refused(link, member)))
                : choose(link, form).map(member -> new Answer(OK, page.saved(link, member)));
    }

    private Optional<Member> refuse(Unsubscription link) {
        if (!refusals.refuse(link, clock.instant())) {
            return Optional.empty();
        }
        LOG.info(
                "member {} refused {} {}, by a message of {}",
                link.memberId(),
                link.kind().key(),
                link.channel().key(),
                link.cause());
        return refusals.member(link);
    }

    private Optional<Member> choose(Unsubscription link, String form) {
        List<String> ticked = values(form, PreferencePage.TOPIC);
        List<String> shown = values(form, PreferencePage.SHOWN);
        Map<Topic, Boolean> wanted = new HashMap<>();
        for (Topic topic : Topic.all()) {
            if (shown.contains(topic.key())) {
                wanted.put(topic, ticked.contains(topic.key()));
            }
        }
        if (!refusals.choose(link, wanted, clock.instant())) {
            return Optional.empty();
        }
        LOG.info("member {} chose on the page of a message of {}", link.memberId(), link.cause());
        return refusals.member(link);
    }

    /** The values of a field: ours have nothing that a form encodes. */
    private static List<String> values(String form, String field) {
        return Arrays.stream(form.split("&"))
                .filter(pair -> pair.startsWith(field + "="))
                .map(pair -> pair.substring(field.length() + 1))
                .toList();
    }

    private Answer unknown() {
        return new Answer(NOT_FOUND, page.unknown());
    }
}
