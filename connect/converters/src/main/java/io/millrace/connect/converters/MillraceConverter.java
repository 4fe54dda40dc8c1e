package io.millrace.connect.converters;

import io.millrace.connect.converters.avro.AvroDecoder;
import io.millrace.connect.converters.avro.AvroEncoder;
import io.millrace.connect.converters.registry.CachingSchemaRegistry;
import io.millrace.connect.converters.registry.HttpSchemaRegistry;
import io.millrace.connect.converters.registry.Patience;
import io.millrace.connect.converters.registry.SchemaRegistry;
import io.millrace.control.ControlTopics;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.storage.Converter;
import org.jspecify.annotations.Nullable;

/**
 * Writes Connect records as Avro in the Confluent wire format, or as JSON, and reads them back.
 *
 * <p>Bytes whose schema is named {@link ControlTopics#ENCODED_SCHEMA} are written as they are. Null is a tombstone in
 * both directions, whatever the schema.
 */
public final class MillraceConverter implements Converter {
    private Optional<Format> format = Optional.empty();

    /** For Connect, which calls {@link #configure} next. */
    public MillraceConverter() {}

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        format = Optional.of(formatOf(new ConverterConfig(configs), isKey));
    }

    /** Returns how a converter of these settings writes records. */
    static Format formatOf(ConverterConfig config, boolean isKey) {
        return switch (config.format()) {
            case AVRO -> avro(config, isKey);
            case JSON -> JsonFormat.of(config.schemasEnable(), isKey, config.cacheSize());
        };
    }

    private static Format avro(ConverterConfig config, boolean isKey) {
        SchemaRegistry registry = new CachingSchemaRegistry(
                new HttpSchemaRegistry(
                        SharedClient.INSTANCE,
                        config.registryUrl(),
                        config.credentials(),
                        Patience.of(config.registryWait())),
                config.cacheSize());
        return new AvroFormat(
                new AvroEncoder(registry, config.cacheSize()), new AvroDecoder(registry, config.cacheSize()), isKey);
    }

    @Override
    public byte @Nullable [] fromConnectData(String topic, @Nullable Schema schema, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (schema != null && ControlTopics.ENCODED_SCHEMA.equals(schema.name())) {
            return encoded(topic, value);
        }
        return configured().write(topic, schema, value);
    }

    @Override
    public SchemaAndValue toConnectData(String topic, byte @Nullable [] value) {
        return value == null ? SchemaAndValue.NULL : configured().read(topic, value);
    }

    @Override
    public ConfigDef config() {
        return ConverterConfig.DEFINITION;
    }

    @Override
    public String version() {
        return Optional.ofNullable(MillraceConverter.class.getPackage().getImplementationVersion())
                .orElse("undefined");
    }

    private Format configured() {
        return format.orElseThrow(() -> new IllegalStateException("The converter is not configured yet"));
    }

    private static byte[] encoded(String topic, Object value) {
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return bytes;
        }
        throw new DataException("An encoded record of topic " + topic + " holds no bytes but "
                + value.getClass().getName());
    }

    /** One client, and so one selector thread, for all converters of a worker. */
    private static final class SharedClient {
        static final HttpClient INSTANCE = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }
}
