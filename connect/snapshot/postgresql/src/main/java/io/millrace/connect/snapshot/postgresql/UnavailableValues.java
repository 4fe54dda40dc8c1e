package io.millrace.connect.snapshot.postgresql;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What Debezium puts in place of values that the log does not hold, because they are stored out of line and an update
 * left them as they were: a text, or the same in the form of the column.
 */
final class UnavailableValues {
    private final byte[] bytes;
    private final String text;
    private final List<?> numbers;
    private final List<?> wideNumbers;
    private final Set<String> texts;

    UnavailableValues(byte[] placeholder) {
        this.bytes = placeholder.clone();
        this.text = new String(placeholder, StandardCharsets.UTF_8);
        List<Integer> each = new ArrayList<>();
        List<Long> eachWide = new ArrayList<>();
        for (byte one : placeholder) {
            each.add((int) one);
            eachWide.add((long) one);
        }
        this.numbers = each;
        this.wideNumbers = eachWide;
        this.texts = Set.of(text, UUID.nameUUIDFromBytes(placeholder).toString());
    }

    /** Returns whether columns of a schema can have a placeholder; those of fixed size never do. */
    static boolean isPossible(Schema schema) {
        return switch (schema.type()) {
            case STRING, BYTES, ARRAY, MAP -> true;
            default -> false;
        };
    }

    /** Returns whether a column's value is a placeholder. */
    boolean contains(@Nullable Object value) {
        if (value instanceof String string) {
            return isText(string);
        }
        if (value instanceof byte[] array) {
            return Arrays.equals(array, bytes);
        }
        if (value instanceof ByteBuffer buffer) {
            return buffer.remaining() == bytes.length && buffer.equals(ByteBuffer.wrap(bytes));
        }
        if (value instanceof Map<?, ?> map) {
            return map.size() == 1 && text.equals(map.get(text));
        }
        return value instanceof List<?> list && isList(list);
    }

    /** The text, or the object that it makes of a column of key and value pairs. */
    private boolean isText(String string) {
        return string.equals(text)
                || string.length() == 2 * text.length() + 7 && string.equals("{\"" + text + "\":\"" + text + "\"}");
    }

    private boolean isList(List<?> list) {
        if (list.size() == 1 && list.get(0) instanceof String only) {
            return texts.contains(only);
        }
        if (list.size() == 1 && !(list.get(0) instanceof Number)) {
            return contains(list.get(0));
        }
        return list.size() == bytes.length && (list.equals(numbers) || list.equals(wideNumbers));
    }
}
