package io.millrace.connect.sinks.redis;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.millrace.connect.sinks.Change;
import io.millrace.connect.sinks.RefusedException;
import io.millrace.connect.sinks.row.Column;
import io.millrace.connect.sinks.row.ColumnType;
import io.millrace.connect.sinks.row.JsonText;
import io.millrace.connect.sinks.row.RowShape;
import io.millrace.connect.sinks.row.Times;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Columns and values as Redis keeps them: text in UTF-8, and bytes as they are. Used by one thread. */
final class RowFields {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private final RowShape.Cache shapes = new RowShape.Cache();

    /**
     * The columns of a row.
     *
     * @param present name and value of those with a value
     * @param absent names of those that are null
     */
    record Fields(Map<byte[], byte[]> present, List<byte[]> absent) {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the columns of the row of a change. */
    @SuppressWarnings("ArrayAsKeyOfSetOrMap") // Jedis wants it so, and nothing is looked up
    Fields of(Change change) throws RefusedException {
        Struct row = change.row().orElseThrow();
        RowShape shape = shapes.of(row.schema());
        Map<byte[], byte[]> present = new LinkedHashMap<>();
        List<byte[]> absent = new ArrayList<>();
        try {
            @Nullable Object[] values = shape.values(row);
            for (int i = 0; i < values.length; i++) {
                Column column = shape.columns().get(i);
                Object value = values[i];
                if (value == null) {
                    absent.add(bytes(column.name()));
                } else {
                    present.put(
                            bytes(column.name()),
                            value instanceof byte[] raw ? raw : bytes(text(column.type(), value)));
                }
            }
        } catch (RuntimeException e) {
            throw new RefusedException(change, "The row cannot be read: " + e);
        }
        return new Fields(present, absent);
    }

    /** Returns the row of a change as JSON. */
    String json(Change change) throws RefusedException {
        Struct row = change.row().orElseThrow();
        try {
            return JsonText.of(shapes.of(row.schema()), row);
        } catch (RuntimeException e) {
            throw new RefusedException(change, "The row cannot be written as JSON: " + e);
        }
    }

    /**
     * Returns a key as text: the value of its only column; or the values of all, in which what could be taken for the
     * separator has a backslash in front, and null is {@code \N}.
     */
    String key(Struct key, String separator) {
        RowShape shape = shapes.of(key.schema());
        @Nullable Object[] values = shape.values(key);
        boolean several = values.length > 1;
        return IntStream.range(0, values.length)
                .mapToObj(i -> {
                    Object value = values[i];
                    if (value == null) {
                        return "\\N";
                    }
                    String text = text(shape.columns().get(i).type(), value);
                    return several ? text.replace("\\", "\\\\").replace(separator, "\\" + separator) : text;
                })
                .collect(Collectors.joining(separator));
    }

    private static String text(ColumnType type, Object value) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        if (value instanceof Duration time) {
            return Times.text(time);
        }
        if (value instanceof List<?> || value instanceof byte[]) {
            return unquoted(type, value);
        }
        return value.toString();
    }

    /** Lists as JSON, and bytes in a key in Base64. */
    private static String unquoted(ColumnType type, Object value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            JsonText.write(json, type, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString().replaceAll("^\"|\"$", "");
    }
}
