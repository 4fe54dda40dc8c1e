package io.millrace.connect.converters;

import io.millrace.connect.converters.row.EncodedSchema;
import io.millrace.connect.converters.row.JsonRowWriter;
import io.millrace.connect.converters.row.RowWriter;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.json.JsonConverterConfig;
import org.jspecify.annotations.Nullable;

/**
 * JSON as Kafka's own converter writes it, except that null stays null where a column has a default.
 *
 * @param withSchemas whether each record carries its schema
 * @param schemas where those that do not have theirs; empty where they have none
 */
record JsonFormat(JsonConverter converter, boolean withSchemas, Optional<NamedSchemas> schemas)
        implements Format, RowFormat {
    static JsonFormat of(boolean withSchemas, boolean isKey, int cacheSize, Optional<NamedSchemas> schemas) {
        JsonConverter converter = new JsonConverter();
        converter.configure(
                Map.of(
                        JsonConverterConfig.SCHEMAS_ENABLE_CONFIG, withSchemas,
                        JsonConverterConfig.SCHEMAS_CACHE_SIZE_CONFIG, cacheSize,
                        JsonConverterConfig.REPLACE_NULL_WITH_DEFAULT_CONFIG, false),
                isKey);
        return new JsonFormat(converter, withSchemas, withSchemas ? Optional.empty() : schemas);
    }

    @Override
    public byte[] write(String topic, @Nullable Schema schema, Object value) {
        return converter.fromConnectData(topic, schema, value);
    }

    @Override
    public SchemaAndValue read(String topic, byte[] bytes, OptionalInt named) {
        if (schemas.isEmpty() || named.isEmpty()) {
            return converter.toConnectData(topic, bytes);
        }
        Schema schema = schemas.get().schema(named.getAsInt());
        return new SchemaAndValue(schema, JsonValues.read(bytes, schema));
    }

    @Override
    public OptionalInt named(String topic, @Nullable Schema schema) {
        return schemas.isPresent() && schema != null
                ? OptionalInt.of(schemas.get().id(topic, schema))
                : OptionalInt.empty();
    }

    @Override
    public Optional<RowFormat> rows() {
        return withSchemas ? Optional.empty() : Optional.of(this);
    }

    @Override
    public RowWriter plain(String topic, Schema schema) {
        return JsonRowWriter.plain(converter, topic, encoded(topic, schema), schema);
    }

    @Override
    public RowWriter framed(String topic, Struct frame, String member) {
        return JsonRowWriter.framed(converter, topic, encoded(topic, frame.schema()), frame, member);
    }

    private Schema encoded(String topic, Schema schema) {
        return EncodedSchema.of(named(topic, schema));
    }
}
