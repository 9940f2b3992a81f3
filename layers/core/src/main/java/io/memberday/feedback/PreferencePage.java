package io.memberday.feedback;

import io.memberday.file.Html;
import io.memberday.member.Channel;
import io.memberday.member.Consents.Topic;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.message.Unsubscription;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The page behind an unsubscribe link: what the person gets, to be chosen anew by channel and kind.
 * Plain forms, without a script, in both languages of the shop's readers; it shows no address.
 */
final class PreferencePage {
    /** A field that says that the boxes count. */
    static final String CHOOSE = "choose";

    /** A topic that has a box on the page; one without keeps what holds. */
    static final String SHOWN = "shown";

    /** A topic whose box is ticked. */
    static final String TOPIC = "topic";

    private static final Map<Kind, String> KINDS =
            Map.of(
                    Kind.MARKETING, "优惠与活动|Offers and events",
                    Kind.SERVICE, "订单与物流通知|Notices about your orders");
    private static final Map<Channel, String> CHANNELS =
            Map.of(Channel.SMS, "短信|SMS", Channel.EMAIL, "邮件|Email");

    private static final String STYLE =
            """
            :root{color-scheme:light dark;--brand:#1f7a6d;--line:#8886}
            *{box-sizing:border-box}
            body{font:17px/1.6 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;
            max-width:30rem;margin:8vh auto;padding:0 1.2rem}
            h1{font-size:1.4rem;margin:0 0 1rem}h2{font-size:1.1rem;margin:2.2rem 0 .6rem}
            p{margin:.4rem 0}.soft{opacity:.75}
            [role=status]{border-left:.3rem solid var(--brand);padding:.4rem .8rem;margin:0 0 1rem}
            fieldset{border:1px solid var(--line);border-radius:.6rem;margin:0 0 1rem;padding:.4rem 1rem}
            legend{font-weight:600;padding:0 .4rem}
            label{display:flex;gap:.8rem;align-items:center;min-height:3rem;cursor:pointer}
            input{width:1.4rem;height:1.4rem;flex:none;margin:0;accent-color:var(--brand)}
            button{font:inherit;width:100%;min-height:3rem;padding:.5rem 1.2rem;border:2px solid
            var(--brand);border-radius:.5rem;background:var(--brand);color:#fff;cursor:pointer}
            button.plain{background:none;color:inherit}
            :focus-visible{outline:3px solid #e08a00;outline-offset:2px}
            """;

    private final String store;

    /**
     * @param store the shop's name
     */
    PreferencePage(String store) {
        this.store = store;
    }

    /** What a look at the link shows: one button that ends it, and every choice. */
    String asked(Unsubscription link, Member member) {
        Html body = new Html();
        both(body, "不再接收" + chinese(link) + "？", "Stop " + english(link) + " from " + store + "?");
        body.raw("<form method=\"post\">")
                .raw("<button name=\"confirm\" value=\"yes\">退订 · <span lang=\"en\">Unsubscribe")
                .raw("</span></button></form>");
        return page(choices(body, link, member));
    }

    /** After the one button. */
    String refused(Unsubscription link, Member member) {
        Html body = new Html().raw("<div role=\"status\">");
        both(
                body,
                "已退订，您不会再收到" + chinese(link) + "。",
                "Done: you will get no more " + english(link) + " from " + store + ".");
        return page(choices(body.raw("</div>"), link, member));
    }

    /** After a choice. */
    String saved(Unsubscription link, Member member) {
        Html body = new Html().raw("<div role=\"status\">");
        both(body, "已保存，立即生效。", "Saved. It holds from now on.");
        return page(choices(body.raw("</div>"), link, member));
    }

    /** For a link that is none of ours, or whose member is gone. */
    String unknown() {
        Html body = new Html();
        both(
                body,
                "此退订链接无效，请使用邮件中的完整链接。",
                "This link is not valid: please use the whole link in the message.");
        return page(body);
    }

    private Html choices(Html body, Unsubscription link, Member member) {
        body.raw("<h2>您希望收到什么？ <span class=\"soft\" lang=\"en\">What would you like to get?")
                .raw("</span></h2><form method=\"post\">")
                .raw("<input type=\"hidden\" name=\"" + CHOOSE + "\" value=\"yes\">");
        for (Channel channel : Channel.values()) {
            List<Topic> topics = topics(link, member, channel);
            if (!topics.isEmpty()) {
                body.raw("<fieldset><legend>" + named(CHANNELS.get(channel)) + "</legend>");
                topics.forEach(topic -> box(body, member, topic));
                body.raw("</fieldset>");
            }
        }
        return body.raw(
                "<button class=\"plain\">保存 · <span lang=\"en\">Save</span></button></form>");
    }

    /** Where the person can be written to at all, or was by the message with the link. */
    private static List<Topic> topics(Unsubscription link, Member member, Channel channel) {
        List<Topic> topics = new ArrayList<>();
        if (link.channel() == channel || member.profile().address(channel).isPresent()) {
            for (Kind kind : List.of(Kind.MARKETING, Kind.SERVICE)) {
                topics.add(new Topic(channel, kind));
            }
        }
        return topics;
    }

    private static void box(Html body, Member member, Topic topic) {
        boolean allowed = member.consents().allow(topic.channel(), topic.kind());
        body.raw("<input type=\"hidden\" name=\"" + SHOWN + "\" value=\"" + topic.key() + "\">")
                .raw("<label><input type=\"checkbox\" name=\"" + TOPIC + "\" value=\"")
                .raw(topic.key() + "\"" + (allowed ? " checked" : "") + "><span>")
                .raw(named(KINDS.get(topic.kind())) + "</span></label>");
    }

    /** Words of ours in both languages, as markup. */
    private static String named(String both) {
        int bar = both.indexOf('|');
        return "%s <span class=\"soft\" lang=\"en\">%s</span>"
                .formatted(both.substring(0, bar), both.substring(bar + 1));
    }

    private static void both(Html body, String chinese, String english) {
        body.element("p", chinese).raw("<p class=\"soft\" lang=\"en\">").text(english).raw("</p>");
    }

    private String page(Html body) {
        return new Html()
                .raw("<!DOCTYPE html><html lang=\"zh\"><head><meta charset=\"utf-8\">")
                .raw("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
                .element("title", store)
                .raw("<style>" + STYLE + "</style></head><body><main>")
                .element("h1", store)
                .raw(body.toString())
                .raw("</main></body></html>\n")
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
