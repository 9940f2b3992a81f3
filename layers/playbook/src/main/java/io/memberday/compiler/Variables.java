package io.memberday.compiler;

import io.memberday.campaign.RunMessage;
import io.memberday.message.MemberVariables;
import io.memberday.touch.TouchMessage;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The variables of templates, where each may be used, and what they typically hold. */
final class Variables {
    /** In campaigns and touchpoints alike. */
    static final Set<String> MEMBER = MemberVariables.NAMES;

    /** In campaigns only. */
    static final Set<String> CAMPAIGN =
            Set.of(RunMessage.OFFER, RunMessage.BENEFIT, RunMessage.UNSUBSCRIBE);

    /** In touchpoints only: what they are about. */
    static final Set<String> SERVICE =
            Set.of(
                    TouchMessage.ORDER,
                    TouchMessage.AMOUNT,
                    TouchMessage.CARRIER,
                    TouchMessage.TRACKING,
                    TouchMessage.CITY);

    static final Set<String> ALL = all();

    private Variables() {}

    private static Set<String> all() {
        Set<String> names = new TreeSet<>(MEMBER);
        names.addAll(CAMPAIGN);
        names.addAll(SERVICE);
        return names;
    }

    /** Values as long as most members' are, to count parts with. */
    static Map<String, String> typical(String language, String store, String tier) {
        boolean chinese = language.startsWith("zh");
        Map<String, String> values = new HashMap<>();
        values.put(MemberVariables.NAME, chinese ? "欧阳小明" : "Alexandra");
        values.put(MemberVariables.TIER, tier);
        values.put(MemberVariables.POINTS, "12800");
        values.put(MemberVariables.STORE, store);
        values.put(RunMessage.UNSUBSCRIBE, "https://shop.example/unsubscribe/" + "x".repeat(60));
        values.put(TouchMessage.ORDER, "2026111100421733");
        values.put(TouchMessage.AMOUNT, chinese ? "1288.00元" : "1288.00 CNY");
        values.put(TouchMessage.CARRIER, chinese ? "顺丰速运" : "SF Express");
        values.put(TouchMessage.TRACKING, "SF1390000000421");
        values.put(TouchMessage.CITY, chinese ? "乌鲁木齐市" : "Birmingham");
        return values;
    }
}
