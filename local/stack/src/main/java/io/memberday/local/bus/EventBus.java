package io.memberday.local.bus;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import software.amazon.event.ruler.Machine;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * One bus: an event goes to the targets of every rule whose pattern it matches; one that no rule
 * wants is gone.
 */
public final class EventBus {
    private static final Logger LOG = LoggerFactory.getLogger(EventBus.class);

    private final String name;
    private final Machine patterns = Machine.builder().build();
    private final Map<String, Rule> rules = new HashMap<>();
    private final AtomicLong count = new AtomicLong();

    /**
     * @param pattern JSON
     * @param targets each takes the event's JSON
     */
    public record Rule(String name, String pattern, List<Target> targets) {}

    /**
     * @param deadLetters takes what the target refused
     */
    public record Target(Consumer<String> to, Consumer<String> deadLetters) {}

    public EventBus(String name, List<Rule> rules) {
        this.name = name;
        for (Rule rule : rules) {
            this.rules.put(rule.name(), rule);
            try {
                patterns.addRule(rule.name(), rule.pattern());
            } catch (IOException e) {
                throw new IllegalArgumentException(
                        "rule %s of bus %s has no valid pattern: %s"
                                .formatted(rule.name(), name, e.getMessage()),
                        e);
            }
        }
    }

    public String name() {
        return name;
    }

    /** How many events it has had. */
    public long count() {
        return count.get();
    }

    /** Hands an event to whom it concerns. */
    public void put(String event) {
        count.incrementAndGet();
        for (String match : matches(event)) {
            for (Target target : rules.get(match).targets()) {
                try {
                    target.to().accept(event);
                } catch (RuntimeException e) {
                    LOG.warn("the target of rule {} refused an event: {}", match, e.toString());
                    target.deadLetters().accept(event);
                }
            }
        }
    }

    private List<String> matches(String event) {
        try {
            return patterns.rulesForJSONEvent(event);
        } catch (Exception e) {
            throw new IllegalStateException("bus " + name + " cannot read an event", e);
        }
    }
}
