package io.memberday.playbook;

import java.util.List;
import java.util.Map;

/**
 * One of the ways in which a campaign speaks to its audience, tried against the others (R64).
 *
 * @param id such as {@code a}
 * @param weight of a hundred: the share of the audience that gets it; all variants' sum up to it
 * @param send channel and template, the preferred first; the channels are the same in all variants,
 *     so that the same members can get each
 * @param offer by language, in what words it tells the campaign's offers; empty if in theirs
 */
public record Variant(String id, int weight, List<Campaign.Send> send, Map<String, String> offer) {
    public Variant {
        send = List.copyOf(send);
        offer = Map.copyOf(offer);
    }
}
