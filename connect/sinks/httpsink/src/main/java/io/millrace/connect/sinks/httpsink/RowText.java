package io.millrace.connect.sinks.httpsink;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.millrace.connect.sinks.Change;
import io.millrace.connect.sinks.RefusedException;
import io.millrace.connect.sinks.row.Column;
import io.millrace.connect.sinks.row.JsonText;
import io.millrace.connect.sinks.row.RowShape;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Rows as JSON objects. Used by one thread. */
final class RowText {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private final RowShape.Cache shapes = new RowShape.Cache();
    private final boolean decimalsInBase64;

    RowText(boolean decimalsInBase64) {
        this.decimalsInBase64 = decimalsInBase64;
    }

    /** Returns the row of a change that has one. */
    String of(Change change) throws RefusedException {
        Struct row = change.row().orElseThrow();
        RowShape shape = shapes.of(row.schema());
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            @Nullable Object[] values = shape.values(row);
            json.writeStartObject();
            for (int i = 0; i < values.length; i++) {
                Column column = shape.columns().get(i);
                json.writeFieldName(column.name());
                JsonText.write(json, column.type(), decimalsInBase64 ? unscaled(values[i]) : values[i]);
            }
            json.writeEndObject();
        } catch (IOException | RuntimeException e) {
            throw new RefusedException(change, "The row cannot be written as JSON: " + e);
        }
        return text.toString();
    }

    /** Exact numbers become the bytes of their unscaled value, as Kafka's JSON converter has it. */
    private static @Nullable Object unscaled(@Nullable Object value) {
        if (value instanceof BigDecimal number) {
            return number.unscaledValue().toByteArray();
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> elements = new ArrayList<>();
            list.forEach(element -> elements.add(unscaled(element)));
            return elements;
        }
        return value;
    }
}
