package io.millrace.connect.converters;

import io.millrace.connect.converters.row.JsonRowWriter;
import io.millrace.connect.converters.row.RowWriter;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.json.JsonConverterConfig;
import org.jspecify.annotations.Nullable;

/** JSON as Kafka's own converter writes it, except that null stays null where a column has a default. */
record JsonFormat(JsonConverter converter, boolean withSchemas) implements Format, RowFormat {
    static JsonFormat of(boolean withSchemas, boolean isKey, int cacheSize) {
        JsonConverter converter = new JsonConverter();
        converter.configure(
                Map.of(
                        JsonConverterConfig.SCHEMAS_ENABLE_CONFIG, withSchemas,
                        JsonConverterConfig.SCHEMAS_CACHE_SIZE_CONFIG, cacheSize,
                        JsonConverterConfig.REPLACE_NULL_WITH_DEFAULT_CONFIG, false),
                isKey);
        return new JsonFormat(converter, withSchemas);
    }

    @Override
    public byte[] write(String topic, @Nullable Schema schema, Object value) {
        return converter.fromConnectData(topic, schema, value);
    }

    @Override
    public SchemaAndValue read(String topic, byte[] bytes) {
        return converter.toConnectData(topic, bytes);
    }

    @Override
    public Optional<RowFormat> rows() {
        return withSchemas ? Optional.empty() : Optional.of(this);
    }

    @Override
    public RowWriter plain(String topic, Schema schema) {
        return JsonRowWriter.plain(converter, topic, schema);
    }

    @Override
    public RowWriter framed(String topic, Struct frame, String member) {
        return JsonRowWriter.framed(converter, topic, frame, member);
    }
}
