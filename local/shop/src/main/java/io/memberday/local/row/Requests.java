package io.memberday.local.row;

import java.util.LinkedHashMap;
import java.util.Map;

/** What an operator writes to call member-day. */
final class Requests {
    private Requests() {}

    /** JSON's object of pairs. */
    static Map<String, Object> map(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return map;
    }

    /** A campaign of a call alone, without a control group, that sends one SMS text. */
    static Map<String, Object> campaign(String id, String segment, String text, Object... more) {
        Map<String, Object> definition = map(more);
        definition.put("id", id);
        definition.put("segment", segment);
        definition.put("send", map("sms", id));
        definition.put("templates", map(id + ".sms.txt", text));
        definition.putIfAbsent("holdout", "0%");
        definition.putIfAbsent("window", "3h");
        definition.putIfAbsent("attribution", "2d");
        return definition;
    }
}
