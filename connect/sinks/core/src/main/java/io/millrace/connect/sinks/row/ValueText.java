package io.millrace.connect.sinks.row;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Base64;
import java.util.function.Function;
import org.apache.kafka.connect.data.Schema;

/** Values of Connect as text, by what their schema says that they mean. */
public final class ValueText {
    private ValueText() {}

    /**
     * Returns what writes values of a schema: numbers without an exponent, moments in ISO 8601, bytes in Base64, all that
     * has parts as JSON.
     */
    public static Function<Object, String> of(Schema schema) {
        Reading reading = Readings.of(schema);
        boolean hasParts = reading.type() instanceof ColumnType.Array || reading.type() == ColumnType.Plain.JSON;
        return hasParts
                ? value -> JsonText.of(schema, value)
                : value -> scalar(reading.reader().read(value));
    }

    private static String scalar(Object value) {
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        if (value instanceof Double || value instanceof Float) {
            return Double.isFinite(((Number) value).doubleValue())
                    ? new BigDecimal(value.toString()).toPlainString()
                    : value.toString();
        }
        if (value instanceof byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
        return value instanceof Duration time ? Times.text(time) : value.toString();
    }
}
