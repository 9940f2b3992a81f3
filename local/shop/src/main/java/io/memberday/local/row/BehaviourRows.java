package io.memberday.local.row;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows on what people do without buying: R9. */
final class BehaviourRows {
    private static final String DAY = "2026-06-10";

    private BehaviourRows() {}

    static List<Row> all() {
        return List.of(new Row("R9", "Behaviour without purchase", BehaviourRows::behaviour));
    }

    /** One is in each of the example store's segments, and in no other. */
    private static void behaviour(Scene scene) {
        scene.at(DAY + "T11:00");
        Map<String, Role> meant = new LinkedHashMap<>();
        meant.put("lost-visitors", Role.of("who looked around").did("browsed", "2026-06-08"));
        meant.put("favourited", Role.of("who put aside").did("favourited", "2026-06-05"));
        meant.put(
                "carted",
                Role.of("who filled a cart")
                        .did("browsed", "2026-06-08")
                        .did("carted", "2026-06-08"));
        meant.put(
                "asked-not-bought",
                Role.of("who asked").did("browsed", "2026-06-08").did("asked", "2026-06-09"));
        meant.put("ordered-unpaid", Role.of("who did not pay").ordered("2026-06-07", "99.00"));
        meant.put(
                "refunded",
                Role.of("who has all the money back")
                        .bought("2026-05-20", "99.00", "refund", "99.00"));
        Role bought =
                Role.of("who bought what the cart held")
                        .did("carted", "2026-06-08T10:00")
                        .bought("2026-06-09", "99.00");
        Role longAgo = Role.of("whose cart is old").did("carted", "2026-05-20");
        Role partly =
                Role.of("who has some money back").bought("2026-05-20", "99.00", "refund", "9.00");
        meant.values().forEach(scene::arrive);
        scene.arrive(bought, longAgo, partly);
        meant.keySet()
                .forEach(
                        segment ->
                                scene.hold(
                                        segment,
                                        "segment(\"%s\")".formatted(segment),
                                        "{{name|亲}}，给您留意着 " + segment));
        scene.until(DAY + "T11:15");
        meant.forEach((segment, role) -> scene.sent(segment + "@" + DAY, role, segment));
        for (String segment : List.of("carted", "refunded")) {
            scene.leftOut(segment + "@" + DAY, "segment", bought, longAgo, partly);
        }
    }
}
