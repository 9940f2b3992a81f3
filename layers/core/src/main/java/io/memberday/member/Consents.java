package io.memberday.member;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A member's consent by channel and kind. What is not there is unknown. */
public record Consents(Map<Topic, Consent> byTopic) {

    /** A channel and the kind of messages on it. */
    public record Topic(Channel channel, Kind kind) implements Comparable<Topic> {
        /** The name in rows: {@code sms.marketing}. */
        public String key() {
            return channel.key() + "." + kind.key();
        }

        /** Every one. */
        public static List<Topic> all() {
            return Arrays.stream(Channel.values())
                    .flatMap(
                            channel ->
                                    Arrays.stream(Kind.values())
                                            .map(kind -> new Topic(channel, kind)))
                    .toList();
        }

        /** Reads {@link #key}. */
        public static Topic of(String key) {
            int dot = key.indexOf('.');
            return new Topic(Channel.of(key.substring(0, dot)), Kind.of(key.substring(dot + 1)));
        }

        @Override
        public int compareTo(Topic other) {
            return key().compareTo(other.key());
        }
    }

    public static final Consents UNKNOWN = new Consents(Map.of());

    public Consents {
        byTopic = Map.copyOf(byTopic);
    }

    public Optional<Consent> of(Channel channel, Kind kind) {
        return Optional.ofNullable(byTopic.get(new Topic(channel, kind)));
    }

    /**
     * Whether a message may be sent. Marketing needs a known agreement; a service message, which
     * belongs to the member's own purchase, needs that there is no refusal.
     */
    public boolean allow(Channel channel, Kind kind) {
        return of(channel, kind).map(Consent::granted).orElse(kind == Kind.SERVICE);
    }

    /** These with one statement joined. */
    public Consents with(Channel channel, Kind kind, Consent consent) {
        return join(new Consents(Map.of(new Topic(channel, kind), consent)));
    }

    /**
     * These with what the member says on purpose now: at this moment, or just after what was said
     * at a time ahead of it; not again what is known.
     */
    public Consents saying(Topic topic, boolean granted, Instant now) {
        Optional<Consent> known = Optional.ofNullable(byTopic.get(topic));
        if (known.filter(said -> said.explicit() && said.granted() == granted).isPresent()) {
            return this;
        }
        Instant at =
                known.map(said -> said.at().plusSeconds(1))
                        .filter(next -> next.isAfter(now))
                        .orElse(now);
        return with(topic.channel(), topic.kind(), new Consent(granted, true, at));
    }

    /** Topic by topic the weightier statement. */
    public Consents join(Consents other) {
        Map<Topic, Consent> joined = new TreeMap<>(byTopic);
        other.byTopic.forEach((topic, consent) -> joined.merge(topic, consent, Consent::join));
        return new Consents(joined);
    }
}
