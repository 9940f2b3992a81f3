package io.memberday.playbook;

import java.util.Map;

/**
 * What a campaign offers on a date. On a date of several schedules the offer of the highest value
 * holds.
 *
 * @param id such as {@code the-eighth}
 * @param on the days on which it holds
 * @param value which offer is the richer
 * @param text by language, as the template's {@code offer}
 */
public record Offer(String id, Schedule on, int value, Map<String, String> text) {}
