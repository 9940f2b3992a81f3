package io.memberday.order;

/**
 * Names one order.
 *
 * @param source the platform's adapter, such as {@code memberday} or {@code shopify}
 * @param shop on that platform; has no colon
 * @param number the platform's id of the order
 */
public record OrderKey(String source, String shop, String number) implements Comparable<OrderKey> {

    /** Reads {@link #toString}. */
    public static OrderKey of(String key) {
        String[] parts = key.split(":", 3);
        return new OrderKey(parts[0], parts[1], parts[2]);
    }

    @Override
    public int compareTo(OrderKey other) {
        return toString().compareTo(other.toString());
    }

    /** {@code source:shop:number}, its name in rows. */
    @Override
    public String toString() {
        return source + ":" + shop + ":" + number;
    }
}
