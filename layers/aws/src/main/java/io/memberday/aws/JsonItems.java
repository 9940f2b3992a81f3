package io.memberday.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Items in DynamoDB's JSON, value by value as they come. */
final class JsonItems implements ItemValue {
    static final JsonFactory JSON =
            JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

    /** No number of so many digits overflows. */
    private static final int PLAIN_DIGITS = 18;

    private final JsonParser json;
    private boolean read;

    JsonItems(JsonParser json) {
        this.json = json;
    }

    /** Reads one item: the parser stands at its first token, then at its last. */
    void item(BiConsumer<String, ItemValue> each) throws IOException {
        try {
            fields(each);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public String text() {
        try {
            enter("S", JsonToken.VALUE_STRING);
            String text = json.getText();
            leave();
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public long number() {
        try {
            enter("N", JsonToken.VALUE_STRING);
            long number =
                    whole(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
            leave();
            return number;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void entries(BiConsumer<String, ItemValue> each) {
        try {
            enter("M", JsonToken.START_OBJECT);
            fields(each);
            leave();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void elements(Consumer<ItemValue> each) {
        try {
            enter("L", JsonToken.START_ARRAY);
            while (json.nextToken() != JsonToken.END_ARRAY) {
                read = false;
                each.accept(this);
                skipUnlessRead();
            }
            leave();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without a text for each: a member has a dozen numbers. */
    private static long whole(char[] digits, int from, int length) {
        boolean plain = length > 0 && length <= PLAIN_DIGITS;
        long number = 0;
        for (int i = from; i < from + length && plain; i++) {
            plain = digits[i] >= '0' && digits[i] <= '9';
            number = number * 10 + digits[i] - '0';
        }
        return plain ? number : Long.parseLong(new String(digits, from, length));
    }

    private void fields(BiConsumer<String, ItemValue> each) throws IOException {
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            read = false;
            each.accept(name, this);
            skipUnlessRead();
        }
    }

    private void skipUnlessRead() throws IOException {
        if (!read) {
            json.skipChildren();
        }
    }

    /** From a value's opening brace over its type to what it holds. */
    private void enter(String type, JsonToken first) throws IOException {
        String is = json.nextFieldName();
        if (!type.equals(is) || json.nextToken() != first) {
            throw new IllegalStateException("an attribute is %s, not %s".formatted(is, type));
        }
    }

    private void leave() throws IOException {
        if (json.nextToken() != JsonToken.END_OBJECT) {
            throw new IllegalStateException("an attribute has more than one value");
        }
        read = true;
    }
}
