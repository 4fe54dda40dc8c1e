package io.millrace.connect.sinks.clickhouse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.millrace.connect.sinks.row.Column;
import io.millrace.connect.sinks.row.ColumnType;
import io.millrace.connect.sinks.row.Infinite;
import io.millrace.connect.sinks.row.JsonText;
import io.millrace.connect.sinks.row.RowShape;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Rows as lines of {@code JSONEachRow}. */
final class RowLine {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

    /** What {@code Date32} and {@code DateTime64} hold; what is outside would silently become another day. */
    private static final LocalDate FIRST = LocalDate.of(1900, 1, 1);

    private static final LocalDate LAST = LocalDate.of(2299, 12, 31);

    private RowLine() {}

    /** What a row of a table with one row for each key has beside its columns. */
    record Marks(long version, boolean deleted) {}

    /**
     * Returns a row as a line.
     *
     * @param types of the columns of the table
     * @param marks none for a table of events
     * @throws IllegalArgumentException when a value fits no type of ClickHouse
     */
    static String of(RowShape shape, Struct row, Map<String, String> types, Optional<Marks> marks) throws IOException {
        StringWriter line = new StringWriter();
        @Nullable Object[] values = shape.values(row);
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            for (int i = 0; i < values.length; i++) {
                Column column = shape.columns().get(i);
                json.writeFieldName(column.name());
                write(json, column, values[i], types.getOrDefault(column.name(), ColumnTypes.TEXT));
            }
            if (marks.isPresent()) {
                json.writeNumberField(Tables.VERSION, marks.get().version());
                json.writeNumberField(Tables.IS_DELETED, marks.get().deleted() ? 1 : 0);
            }
            json.writeEndObject();
        }
        return line.toString();
    }

    /** Returns the values of some columns as ClickHouse has them as text. */
    static List<String> key(RowShape shape, Struct row, Set<String> columns) throws IOException {
        List<String> key = new ArrayList<>();
        @Nullable Object[] values = shape.values(row);
        for (int i = 0; i < values.length; i++) {
            Column column = shape.columns().get(i);
            Object value = values[i];
            if (columns.contains(column.name())) {
                key.add(value == null ? "" : keyText(column.type(), value));
            }
        }
        return key;
    }

    private static String keyText(ColumnType type, Object value) throws IOException {
        if (value instanceof BigDecimal number && type instanceof ColumnType.Decimal) {
            return number.stripTrailingZeros().toPlainString();
        }
        if (value instanceof LocalDateTime moment) {
            return moment(moment);
        }
        return value instanceof OffsetDateTime moment ? moment(moment.toLocalDateTime()) : text(type, value);
    }

    private static void write(JsonGenerator json, Column column, @Nullable Object value, String type)
            throws IOException {
        if (value == null) {
            if (type.startsWith("Array(")) {
                json.writeStartArray();
                json.writeEndArray();
            } else {
                json.writeNull();
            }
        } else if (ColumnTypes.isText(type)) {
            json.writeString(text(column.type(), value));
        } else if (value instanceof List<?> list) {
            writeList(json, ((ColumnType.Array) column.type()).element(), list);
        } else {
            writeOne(json, column.type(), value);
        }
    }

    private static void writeList(JsonGenerator json, ColumnType element, List<?> list) throws IOException {
        json.writeStartArray();
        for (Object one : list) {
            if (element instanceof ColumnType.Array inner) {
                writeList(json, inner.element(), one == null ? List.of() : (List<?>) one);
            } else if (one == null) {
                json.writeNull();
            } else if (element == ColumnType.Plain.JSON || element == ColumnType.Plain.JSON_BINARY) {
                json.writeString((String) one);
            } else {
                writeOne(json, element, one);
            }
        }
        json.writeEndArray();
    }

    private static void writeOne(JsonGenerator json, ColumnType type, Object value) throws IOException {
        if (value instanceof Double number && !Double.isFinite(number)) {
            json.writeString(notFinite(number));
        } else if (value instanceof Float number && !Float.isFinite(number)) {
            json.writeString(notFinite(number.doubleValue()));
        } else if (value instanceof BigDecimal number) {
            // As text, so that no reader takes it for a binary fraction on its way.
            json.writeString(number.toPlainString());
        } else if (value instanceof LocalDate day) {
            json.writeString(inRange(day).toString());
        } else if (value instanceof LocalDateTime moment) {
            json.writeString(moment(moment));
        } else if (value instanceof OffsetDateTime moment) {
            json.writeString(moment(moment.toLocalDateTime()));
        } else if (value instanceof Infinite) {
            throw new IllegalArgumentException("ClickHouse has no moment '" + value + "'");
        } else {
            JsonText.write(json, type, value);
        }
    }

    private static String moment(LocalDateTime moment) {
        inRange(moment.toLocalDate());
        return MOMENT.format(moment);
    }

    private static LocalDate inRange(LocalDate day) {
        if (day.isBefore(FIRST) || day.isAfter(LAST)) {
            throw new IllegalArgumentException(
                    "ClickHouse has no day " + day + ", only those of the years 1900 to 2299");
        }
        return day;
    }

    private static String notFinite(double number) {
        return Double.isNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
    }

    /** A value in a column of text: text as it is, everything else as JSON has it. */
    private static String text(ColumnType type, Object value) throws IOException {
        if (value instanceof String text) {
            return text;
        }
        StringWriter written = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(written)) {
            JsonText.write(json, type, value);
        }
        String text = written.toString();
        return text.startsWith("\"") ? text.substring(1, text.length() - 1) : text;
    }
}
