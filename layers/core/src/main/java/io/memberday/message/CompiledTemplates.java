package io.memberday.message;

import io.memberday.json.Fields;
import io.memberday.member.Channel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Templates by channel, id and language. */
public final class CompiledTemplates implements Templates {
    private final String storeLanguage;
    private final Map<String, Template> byKey = new TreeMap<>();

    public CompiledTemplates(String storeLanguage, Collection<? extends Template> templates) {
        this.storeLanguage = storeLanguage;
        for (Template template : templates) {
            byKey.put(key(template.channel(), template.id(), template.language()), template);
        }
    }

    /**
     * A member's language, else its base language ({@code en} of {@code en-GB}), else the store's.
     */
    @Override
    public Optional<Template> find(Channel channel, String id, String language) {
        return one(channel, id, language)
                .or(() -> one(channel, id, base(language)))
                .or(() -> one(channel, id, storeLanguage));
    }

    @Override
    public List<Template> all() {
        return List.copyOf(byKey.values());
    }

    @Override
    public List<Map<String, Object>> compiled() {
        List<Map<String, Object>> written = new ArrayList<>();
        for (Template template : byKey.values()) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("id", template.id());
            object.put("language", template.language());
            object.put("channel", template.channel().key());
            switch (template) {
                case SmsTemplate sms -> object.put("text", sms.text().write());
                case EmailTemplate email -> {
                    object.put("subject", email.subject().write());
                    object.put("text", email.text().write());
                    object.put("html", email.html().write());
                }
            }
            written.add(object);
        }
        return written;
    }

    /**
     * Reads what {@link #compiled} wrote.
     *
     * @throws io.memberday.json.BadInput if it is something else
     */
    public static Templates read(String storeLanguage, List<Fields> compiled) {
        List<Template> templates = new ArrayList<>();
        for (Fields fields : compiled) {
            String id = fields.text("id");
            String language = fields.text("language");
            Pieces text = Pieces.read(fields.list("text"));
            templates.add(
                    Channel.of(fields.text("channel")) == Channel.SMS
                            ? new SmsTemplate(id, language, text)
                            : new EmailTemplate(
                                    id,
                                    language,
                                    Pieces.read(fields.list("subject")),
                                    text,
                                    Pieces.read(fields.list("html"))));
        }
        return new CompiledTemplates(storeLanguage, templates);
    }

    private Optional<Template> one(Channel channel, String id, String language) {
        return Optional.ofNullable(byKey.get(key(channel, id, language)));
    }

    private static String base(String language) {
        return language.split("[-_]", 2)[0];
    }

    private static String key(Channel channel, String id, String language) {
        return channel.key() + " " + id + " " + language.replace('_', '-').toLowerCase(Locale.ROOT);
    }
}
