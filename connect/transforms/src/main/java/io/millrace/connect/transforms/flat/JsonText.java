package io.millrace.connect.transforms.flat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Values of Connect as JSON: numbers exactly, JSON as it is, times and bytes as their text. What JSON has no number for,
 * such as NaN, is text, too.
 */
final class JsonText {
    private static final JsonFactory JSON = new JsonFactory();

    private JsonText() {}

    static boolean isJson(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            boolean any = parser.nextToken() != null;
            parser.skipChildren();
            return any && parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }

    static String of(Schema type, Object value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            write(json, type, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Schema type, @Nullable Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (JsonColumn.isJson(type)) {
            json.writeRawValue((String) value);
        } else if (value instanceof List<?> list) {
            writeList(json, type.valueSchema(), list);
        } else if (value instanceof Map<?, ?> map) {
            writeMap(json, type, map);
        } else if (value instanceof Struct struct && !NumberReader.isVariableScale(type)) {
            writeStruct(json, struct);
        } else {
            writeScalar(json, type, value);
        }
    }

    private static void writeList(JsonGenerator json, Schema element, List<?> list) throws IOException {
        json.writeStartArray();
        for (Object value : list) {
            write(json, element, value);
        }
        json.writeEndArray();
    }

    private static void writeMap(JsonGenerator json, Schema type, Map<?, ?> map) throws IOException {
        json.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            json.writeFieldName(ScalarText.of(type.keySchema(), entry.getKey()));
            write(json, type.valueSchema(), entry.getValue());
        }
        json.writeEndObject();
    }

    private static void writeStruct(JsonGenerator json, Struct struct) throws IOException {
        json.writeStartObject();
        for (Field field : struct.schema().fields()) {
            json.writeFieldName(field.name());
            write(json, field.schema(), struct.getWithoutDefault(field.name()));
        }
        json.writeEndObject();
    }

    private static void writeScalar(JsonGenerator json, Schema type, Object value) throws IOException {
        if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
            return;
        }
        Optional<BigDecimal> number =
                isNumber(type) ? NumberReader.of(type).flatMap(read -> read.apply(value)) : Optional.empty();
        if (number.isPresent()) {
            json.writeNumber(number.get().toString());
        } else {
            json.writeString(ScalarText.of(type, value));
        }
    }

    private static boolean isNumber(Schema type) {
        return type.type() != Schema.Type.STRING && !TimeText.isTime(type);
    }
}
