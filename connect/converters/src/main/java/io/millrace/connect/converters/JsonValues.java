package io.millrace.connect.converters;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.millrace.connect.converters.avro.Logical;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Reads what a {@link org.apache.kafka.connect.json.JsonConverter} without schemas wrote, by the schema that it had. */
final class JsonValues {
    /** Rows are as large as the topic lets them be. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private JsonValues() {}

    /**
     * Reads a value.
     *
     * @throws DataException if the bytes are no JSON, or not of the schema
     */
    static @Nullable Object read(byte[] bytes, Schema schema) {
        try (JsonParser in = JSON.createParser(bytes)) {
            in.nextToken();
            return value(in, schema);
        } catch (IOException e) {
            throw new DataException("The record does not follow its schema: " + e.getMessage(), e);
        }
    }

    private static @Nullable Object value(JsonParser in, Schema schema) throws IOException {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        Object raw =
                switch (schema.type()) {
                    case BOOLEAN -> in.getBooleanValue();
                    case INT8 -> in.getByteValue();
                    case INT16 -> in.getShortValue();
                    case INT32 -> in.getIntValue();
                    case INT64 -> in.getLongValue();
                    case FLOAT32 -> Float.parseFloat(in.getText());
                    case FLOAT64 -> Double.parseDouble(in.getText());
                    case STRING -> text(in);
                    case BYTES -> in.getBinaryValue();
                    case ARRAY -> list(in, schema);
                    case MAP -> schema.keySchema().type() == Schema.Type.STRING ? map(in, schema) : entries(in, schema);
                    case STRUCT -> struct(in, schema);
                };
        Optional<Logical> logical = Logical.of(schema);
        return logical.isPresent() ? logical.get().fromRaw(schema, raw) : raw;
    }

    private static String text(JsonParser in) throws IOException {
        require(in, JsonToken.VALUE_STRING);
        return in.getText();
    }

    private static List<@Nullable Object> list(JsonParser in, Schema schema) throws IOException {
        require(in, JsonToken.START_ARRAY);
        List<@Nullable Object> list = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(in, schema.valueSchema()));
        }
        return list;
    }

    private static Map<String, @Nullable Object> map(JsonParser in, Schema schema) throws IOException {
        require(in, JsonToken.START_OBJECT);
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String key = in.currentName();
            in.nextToken();
            map.put(key, value(in, schema.valueSchema()));
        }
        return map;
    }

    /** Keys that are no text are written as pairs of key and value. */
    private static Map<@Nullable Object, @Nullable Object> entries(JsonParser in, Schema schema) throws IOException {
        require(in, JsonToken.START_ARRAY);
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            require(in, JsonToken.START_ARRAY);
            in.nextToken();
            Object key = value(in, schema.keySchema());
            in.nextToken();
            map.put(key, value(in, schema.valueSchema()));
            in.nextToken();
            require(in, JsonToken.END_ARRAY);
        }
        return map;
    }

    private static Struct struct(JsonParser in, Schema schema) throws IOException {
        require(in, JsonToken.START_OBJECT);
        Struct struct = new Struct(schema);
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = in.currentName();
            Field field = schema.field(name);
            if (field == null) {
                throw new DataException("The record does not follow its schema, which has no field '" + name + "'");
            }
            in.nextToken();
            Object value = value(in, field.schema());
            if (value != null) {
                struct.put(field, value);
            }
        }
        return struct;
    }

    private static void require(JsonParser in, JsonToken token) throws IOException {
        if (in.currentToken() != token) {
            throw new DataException("The record does not follow its schema: " + in.currentToken() + " stands where "
                    + token + " should");
        }
    }
}
