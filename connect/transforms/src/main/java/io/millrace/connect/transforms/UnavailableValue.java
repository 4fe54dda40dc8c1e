package io.millrace.connect.transforms;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;

/**
 * What Debezium puts in place of a value that the log does not hold, because it is stored out of line and an update left
 * it as it was: a text, or the same in the form of the column (Debezium's {@code UnchangedToastedPlaceholder}).
 */
final class UnavailableValue {
    private static final String TEXT = "__debezium_unavailable_value";
    private static final byte[] BYTES = TEXT.getBytes(StandardCharsets.UTF_8);
    private static final String UUID_TEXT = UUID.nameUUIDFromBytes(BYTES).toString();

    /** A column of key and value pairs that is written as JSON. */
    private static final String PAIRS_TEXT = "{\"" + TEXT + "\":\"" + TEXT + "\"}";

    private static final List<Integer> INTS =
            IntStream.range(0, BYTES.length).map(i -> BYTES[i]).boxed().toList();
    private static final List<Long> LONGS =
            INTS.stream().map(Integer::longValue).toList();

    private UnavailableValue() {}

    /** Returns what recognises the placeholder in columns of a schema; nothing for a type that never has one. */
    static Optional<Predicate<Object>> check(Schema column) {
        return switch (column.type()) {
            case STRING -> Optional.of(UnavailableValue::isText);
            case BYTES ->
                Decimal.LOGICAL_NAME.equals(column.name()) ? Optional.empty() : Optional.of(UnavailableValue::isBytes);
            case MAP -> Optional.of(UnavailableValue::isPairs);
            case ARRAY -> elements(column.valueSchema());
            default -> Optional.empty();
        };
    }

    private static Optional<Predicate<Object>> elements(Schema element) {
        return switch (element.type()) {
            case STRING -> Optional.of(value -> isOnly(value, TEXT) || isOnly(value, UUID_TEXT));
            case BYTES ->
                Optional.of(value -> value instanceof List<?> list && list.size() == 1 && isBytes(list.get(0)));
            case INT32 -> Optional.of(INTS::equals);
            case INT64 -> Optional.of(LONGS::equals);
            default -> Optional.empty();
        };
    }

    private static boolean isText(Object value) {
        return value.equals(TEXT) || value.equals(PAIRS_TEXT);
    }

    private static boolean isBytes(Object value) {
        return value instanceof byte[] array
                ? Arrays.equals(array, BYTES)
                : value instanceof ByteBuffer buffer && buffer.equals(ByteBuffer.wrap(BYTES));
    }

    private static boolean isPairs(Object value) {
        return value instanceof Map<?, ?> map && map.size() == 1 && TEXT.equals(map.get(TEXT));
    }

    private static boolean isOnly(Object value, String text) {
        return value instanceof List<?> list && list.size() == 1 && text.equals(list.get(0));
    }
}
