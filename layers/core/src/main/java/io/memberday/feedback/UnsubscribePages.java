package io.memberday.feedback;

import io.memberday.file.Html;
import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.message.Unsubscription;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;

/**
 * What an unsubscribe link answers (RFC 8058). Looking changes nothing, as mail scanners open every
 * link; a mail client's one click and the page's button refuse at once, without a question more.
 */
public final class UnsubscribePages {
    private static final Logger LOG = LoggerFactory.getLogger(UnsubscribePages.class);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    /** A mail client sends {@code List-Unsubscribe=One-Click}, as a form of either encoding. */
    private static final String ONE_CLICK = "One-Click";

    private static final String STYLE =
            """
            :root{color-scheme:light dark}
            body{font:17px/1.6 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;max-width:30rem;
            margin:15vh auto;padding:0 1.2rem;text-align:center}
            h1{font-size:1.4rem}p{margin:.4rem 0}.soft{opacity:.7}
            button{font:inherit;margin-top:1.4rem;padding:.6rem 1.6rem;border:0;border-radius:.5rem;
            background:#1f7a6d;color:#fff;cursor:pointer}
            """;

    private final String store;
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
        this.store = store;
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
        return links.apply(token).map(link -> new Answer(OK, question(link))).orElse(unknown());
    }

    /** What a POST does: it refuses. */
    public Answer refuse(String token, String form) {
        Optional<Unsubscription> link = links.apply(token);
        if (link.isEmpty() || !refusals.refuse(link.get(), clock.instant())) {
            return unknown();
        }
        LOG.info(
                "member {} refused {} {}, by a message of {}",
                link.get().memberId(),
                link.get().kind().key(),
                link.get().channel().key(),
                link.get().cause());
        return new Answer(OK, form.contains(ONE_CLICK) ? "" : done(link.get()));
    }

    private String question(Unsubscription link) {
        return page(
                "不再接收" + chinese(link) + "？",
                "Stop " + english(link) + " from " + store + "?",
                "<form method=\"post\"><button name=\"confirm\" value=\"yes\">退订 ·"
                        + " Unsubscribe</button></form>");
    }

    private String done(Unsubscription link) {
        return page(
                "已退订，您不会再收到" + chinese(link) + "。",
                "Done: you will get no more " + english(link) + " from " + store + ".",
                "");
    }

    private Answer unknown() {
        return new Answer(
                NOT_FOUND,
                page(
                        "此退订链接无效，请使用邮件中的完整链接。",
                        "This link is not valid: please use the whole link in the message.",
                        ""));
    }

    private String page(String chinese, String english, String form) {
        return new Html()
                .raw("<!DOCTYPE html><html lang=\"zh\"><head><meta charset=\"utf-8\">")
                .raw("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
                .element("title", store)
                .raw("<style>" + STYLE + "</style></head><body>")
                .element("h1", store)
                .element("p", chinese)
                .raw("<p class=\"soft\" lang=\"en\">")
                .text(english)
                .raw("</p>" + form + "</body></html>\n")
                .toString();
    }

    private static String chinese(Unsubscription link) {
        return (link.kind() == Kind.MARKETING ? "促销" : "订单通知")
                + (link.channel() == Channel.EMAIL ? "邮件" : "短信");
    }

    private static String english(Unsubscription link) {
        return (link.kind() == Kind.MARKETING ? "offers" : "notices about your orders")
                + (link.channel() == Channel.EMAIL ? " by email" : " by SMS");
    }
}
