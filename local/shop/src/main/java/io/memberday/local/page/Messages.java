package io.memberday.local.page;

import io.memberday.local.outbox.Sent;
import io.memberday.member.Channel;
import io.memberday.member.Member;
import io.memberday.message.SmsParts;
import io.memberday.playbook.Store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The captured messages, as phones and mail clients show them. */
final class Messages {
    /** RFC 2369: the addresses stand in angle brackets, of which the first that is HTTP is ours. */
    private static final Pattern LINK = Pattern.compile("<(https?://[^>]+)>");

    private final PageSources sources;
    private final Members members;
    private final Moments moments;

    Messages(PageSources sources, Members members, Moments moments) {
        this.sources = sources;
        this.members = members;
        this.moments = moments;
    }

    /** The answer to a search on one channel, newest first. */
    Map<String, Object> list(Query query) {
        boolean email = query.text("channel").equals(Channel.EMAIL.key());
        List<Map<String, Object>> all = shown(names(members::all));
        List<Map<String, Object>> wanted =
                query.sought(
                        all.stream()
                                .filter(message -> message.get("channel").equals("email") == email)
                                .toList(),
                        Map::toString);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("sms", all.stream().filter(m -> m.get("channel").equals("sms")).count());
        answer.put("email", all.stream().filter(m -> m.get("channel").equals("email")).count());
        answer.put("total", wanted.size());
        answer.put("messages", wanted.reversed().stream().limit(query.limit()).toList());
        return answer;
    }

    /** What one member got, newest first. */
    List<Map<String, Object>> of(Member member) {
        Map<String, String> names = names(() -> List.of(member));
        return shown(names).stream()
                .filter(message -> names.containsKey(String.valueOf(message.get("to"))))
                .toList()
                .reversed();
    }

    /** The HTML part of an email. */
    String html(String number) {
        List<Sent> all = sources.messages().get();
        return Optional.of(number)
                .filter(written -> written.matches("\\d{1,9}"))
                .map(Integer::parseInt)
                .filter(n -> n < all.size())
                .map(all::get)
                .filter(Sent.Email.class::isInstance)
                .map(sent -> ((Sent.Email) sent).html())
                .orElseThrow(() -> new Refusal(404, "there is no email " + number));
    }

    /** How many there are, by channel; parts count as billed. */
    Map<String, Long> counts() {
        long sms = 0;
        long parts = 0;
        long emails = 0;
        for (Sent sent : sources.messages().get()) {
            switch (sent) {
                case Sent.Sms text -> {
                    sms++;
                    parts += SmsParts.of(text.text()).count();
                }
                case Sent.Email email -> emails++;
            }
        }
        Map<String, Long> counts = new LinkedHashMap<>();
        if (sms + emails > 0) {
            counts.put("SMS", sms);
            counts.put("SMS parts", parts);
            counts.put("email", emails);
        }
        return counts;
    }

    private List<Map<String, Object>> shown(Map<String, String> names) {
        List<Sent> all = sources.messages().get();
        List<Map<String, Object>> rows = new ArrayList<>(all.size());
        for (Sent sent : all) {
            rows.add(
                    switch (sent) {
                        case Sent.Sms sms -> sms(sms, names);
                        case Sent.Email email -> email(email, rows.size(), names);
                    });
        }
        return Collections.unmodifiableList(rows);
    }

    private Map<String, Object> sms(Sent.Sms sms, Map<String, String> names) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("channel", "sms");
        row.put("at", moments.written(sms.at()));
        row.put("to", sms.phone());
        row.put("name", names.getOrDefault(sms.phone(), ""));
        row.put("text", sms.text());
        row.put("parts", SmsParts.of(sms.text()).count());
        row.put("signature", signature(sms.text()));
        row.put(
                "kind",
                "Promotional".equals(sms.attributes().get("AWS.SNS.SMS.SMSType"))
                        ? "marketing"
                        : "service");
        return row;
    }

    private Map<String, Object> email(Sent.Email email, int number, Map<String, String> names) {
        String to = String.join(", ", email.to());
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("channel", "email");
        row.put("n", number);
        row.put("at", moments.written(email.at()));
        row.put("to", to);
        row.put("name", names.getOrDefault(to, ""));
        row.put("from", email.headers().getOrDefault("from", ""));
        row.put("subject", email.subject());
        row.put("text", email.text());
        row.put("html", !email.html().isBlank());
        Matcher link = LINK.matcher(email.headers().getOrDefault("list-unsubscribe", ""));
        row.put("unsubscribe", link.find() ? link.group(1) : "");
        return row;
    }

    /** The store's signature that a text ends with, if it does. */
    private String signature(String text) {
        Store store = sources.playbook().store();
        return Stream.concat(Stream.of(store.signature()), store.signatures().values().stream())
                .filter(sign -> !sign.isEmpty() && text.contains(sign))
                .findFirst()
                .orElse("");
    }

    /** Whose an address is. */
    private static Map<String, String> names(Supplier<List<Member>> members) {
        Map<String, String> names = new TreeMap<>();
        for (Member member : members.get()) {
            String name = member.profile().get(io.memberday.member.Profile.Field.NAME).orElse("");
            for (Channel channel : Channel.values()) {
                member.profile().address(channel).ifPresent(address -> names.put(address, name));
            }
        }
        return names;
    }
}
