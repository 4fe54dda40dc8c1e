package io.millrace.connect.converters;

import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.json.JsonConverterConfig;
import org.jspecify.annotations.Nullable;

/** JSON as Kafka's own converter writes it, except that null stays null where a column has a default. */
record JsonFormat(JsonConverter converter) implements Format {
    static JsonFormat of(boolean withSchemas, boolean isKey, int cacheSize) {
        JsonConverter converter = new JsonConverter();
        converter.configure(
                Map.of(
                        JsonConverterConfig.SCHEMAS_ENABLE_CONFIG, withSchemas,
                        JsonConverterConfig.SCHEMAS_CACHE_SIZE_CONFIG, cacheSize,
                        JsonConverterConfig.REPLACE_NULL_WITH_DEFAULT_CONFIG, false),
                isKey);
        return new JsonFormat(converter);
    }

    @Override
    public byte[] write(String topic, @Nullable Schema schema, Object value) {
        return converter.fromConnectData(topic, schema, value);
    }

    @Override
    public SchemaAndValue read(String topic, byte[] bytes) {
        return converter.toConnectData(topic, bytes);
    }
}
