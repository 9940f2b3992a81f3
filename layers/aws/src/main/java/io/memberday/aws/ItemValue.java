package io.memberday.aws;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.time.Instant;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * One value of an item, read where it stands: in the SDK's model or in the bytes of a response. It
 * is read once, or left alone; another type than the one asked for is a defect and throws.
 */
interface ItemValue {
    String text();

    long number();

    void entries(BiConsumer<String, ItemValue> each);

    void elements(Consumer<ItemValue> each);

    /** A time, kept as epoch seconds. */
    default Instant time() {
        return Instant.ofEpochSecond(number());
    }

    /** A value in the SDK's model. */
    record Modelled(AttributeValue value) implements ItemValue {
        @Override
        public String text() {
            return of(AttributeValue.Type.S).s();
        }

        @Override
        public long number() {
            return Long.parseLong(of(AttributeValue.Type.N).n());
        }

        @Override
        public void entries(BiConsumer<String, ItemValue> each) {
            of(AttributeValue.Type.M).m().forEach((k, v) -> each.accept(k, new Modelled(v)));
        }

        @Override
        public void elements(Consumer<ItemValue> each) {
            of(AttributeValue.Type.L).l().forEach(element -> each.accept(new Modelled(element)));
        }

        private AttributeValue of(AttributeValue.Type type) {
            if (value.type() != type) {
                throw new IllegalStateException(
                        "an attribute is %s, not %s".formatted(value.type(), type));
            }
            return value;
        }
    }
}
