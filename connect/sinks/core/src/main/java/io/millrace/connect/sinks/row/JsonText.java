package io.millrace.connect.sinks.row;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Values as JSON: numbers exactly, JSON columns as what they hold, bytes in Base64, moments in ISO 8601, and what JSON has
 * no number for ({@code NaN}, infinity) as text.
 */
public final class JsonText {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private JsonText() {}

    /** Returns a row as a JSON object with a member for each column. */
    public static String of(RowShape shape, Struct row) {
        return written(generator -> write(generator, shape, row));
    }

    /** Returns values of an array as a JSON array. */
    public static String of(List<?> values) {
        return written(generator -> writeList(generator, values));
    }

    /** Writes a row as a JSON object with a member for each column. */
    public static void write(JsonGenerator generator, RowShape shape, Struct row) throws IOException {
        @Nullable Object[] values = shape.values(row);
        generator.writeStartObject();
        for (int i = 0; i < values.length; i++) {
            Column column = shape.columns().get(i);
            generator.writeFieldName(column.name());
            write(generator, column.type(), values[i]);
        }
        generator.writeEndObject();
    }

    /** Writes a value of a column. */
    public static void write(JsonGenerator generator, ColumnType type, @Nullable Object value) throws IOException {
        if (value == null) {
            generator.writeNull();
        } else if (type == ColumnType.Plain.JSON || type == ColumnType.Plain.JSON_BINARY) {
            generator.writeRawValue((String) value);
        } else if (type instanceof ColumnType.Array array) {
            generator.writeStartArray();
            for (Object element : (List<?>) value) {
                write(generator, array.element(), element);
            }
            generator.writeEndArray();
        } else {
            writeScalar(generator, value);
        }
    }

    private static void writeList(JsonGenerator generator, List<?> values) throws IOException {
        generator.writeStartArray();
        for (Object value : values) {
            if (value == null) {
                generator.writeNull();
            } else if (value instanceof List<?> inner) {
                writeList(generator, inner);
            } else {
                writeScalar(generator, value);
            }
        }
        generator.writeEndArray();
    }

    private static void writeScalar(JsonGenerator generator, Object value) throws IOException {
        if (value instanceof Boolean flag) {
            generator.writeBoolean(flag);
        } else if (value instanceof Integer || value instanceof Short || value instanceof Long) {
            generator.writeNumber(((Number) value).longValue());
        } else if (value instanceof BigDecimal number) {
            generator.writeNumber(number);
        } else if (value instanceof Double number && Double.isFinite(number)) {
            generator.writeNumber(number);
        } else if (value instanceof Float number && Float.isFinite(number)) {
            generator.writeNumber(number);
        } else if (value instanceof byte[] bytes) {
            generator.writeString(Base64.getEncoder().encodeToString(bytes));
        } else {
            generator.writeString(value instanceof Duration time ? Times.text(time) : value.toString());
        }
    }

    /** Returns a value of Connect as JSON, whatever its schema. */
    public static String of(Schema schema, Object value) {
        return written(generator -> writeAny(generator, schema, value));
    }

    private static void writeAny(JsonGenerator generator, Schema schema, @Nullable Object value) throws IOException {
        if (value instanceof Struct struct && !isNumber(schema)) {
            generator.writeStartObject();
            for (Field field : schema.fields()) {
                generator.writeFieldName(field.name());
                writeAny(generator, field.schema(), struct.getWithoutDefault(field.name()));
            }
            generator.writeEndObject();
        } else if (value instanceof Map<?, ?> map) {
            generator.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                generator.writeFieldName(String.valueOf(entry.getKey()));
                writeAny(generator, schema.valueSchema(), entry.getValue());
            }
            generator.writeEndObject();
        } else if (value == null) {
            generator.writeNull();
        } else {
            Reading reading = Readings.of(schema);
            write(generator, reading.type(), reading.reader().read(value));
        }
    }

    private static boolean isNumber(Schema schema) {
        return "io.debezium.data.VariableScaleDecimal".equals(schema.name());
    }

    private interface Writing {
        void write(JsonGenerator generator) throws IOException;
    }

    private static String written(Writing writing) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            writing.write(generator);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
