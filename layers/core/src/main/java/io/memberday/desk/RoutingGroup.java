package io.memberday.desk;

import io.memberday.member.Layer;

import java.util.Locale;

/** To which agents a member goes (R11 客服分流). */
public enum RoutingGroup {
    /** Something went wrong, and somebody has still to see to it: whoever it is. */
    COMPLAINT,
    VIP,
    REGULAR,
    /** At most one kept purchase. */
    NEW;

    static RoutingGroup of(Layer layer, boolean complains) {
        if (complains) {
            return COMPLAINT;
        }
        return switch (layer) {
            case VIP -> VIP;
            case REGULAR -> REGULAR;
            case NEW, POTENTIAL -> NEW;
        };
    }

    /** The name in answers: {@code complaint}, {@code vip}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
