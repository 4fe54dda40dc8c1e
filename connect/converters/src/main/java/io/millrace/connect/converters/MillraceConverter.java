package io.millrace.connect.converters;

import io.millrace.connect.converters.avro.AvroDecoder;
import io.millrace.connect.converters.avro.AvroEncoder;
import io.millrace.connect.converters.registry.CachingSchemaRegistry;
import io.millrace.connect.converters.registry.HttpSchemaRegistry;
import io.millrace.connect.converters.registry.Patience;
import io.millrace.connect.converters.registry.SchemaRegistry;
import io.millrace.connect.converters.row.EncodedSchema;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.storage.Converter;
import org.jspecify.annotations.Nullable;

/**
 * Writes Connect records as Avro in the Confluent wire format, or as JSON, and reads them back.
 *
 * <p>Bytes whose schema is named {@link io.millrace.control.ControlTopics#ENCODED_SCHEMA} are written as they are. Null is a tombstone in
 * both directions, whatever the schema.
 */
public final class MillraceConverter implements Converter {
    /** Header with the id, in decimal digits, of the schema of a key that is JSON. */
    public static final String KEY_SCHEMA = "millrace.key.schema";

    /** The same of a value. */
    public static final String VALUE_SCHEMA = "millrace.value.schema";

    private Optional<Format> format = Optional.empty();
    private String header = VALUE_SCHEMA;

    /** For Connect, which calls {@link #configure} next. */
    public MillraceConverter() {}

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        header = isKey ? KEY_SCHEMA : VALUE_SCHEMA;
        format = Optional.of(formatOf(new ConverterConfig(configs), isKey));
    }

    /** Returns how a converter of these settings writes records. */
    static Format formatOf(ConverterConfig config, boolean isKey) {
        return switch (config.format()) {
            case AVRO -> new AvroFormat(schemas(config, isKey));
            case JSON ->
                JsonFormat.of(
                        config.schemasEnable(),
                        isKey,
                        config.cacheSize(),
                        config.hasRegistry() ? Optional.of(schemas(config, isKey)) : Optional.empty());
        };
    }

    private static NamedSchemas schemas(ConverterConfig config, boolean isKey) {
        SchemaRegistry registry = new CachingSchemaRegistry(
                new HttpSchemaRegistry(
                        SharedClient.INSTANCE,
                        config.registryUrl(),
                        config.credentials(),
                        Patience.of(config.registryWait())),
                config.cacheSize());
        return new NamedSchemas(
                new AvroEncoder(registry, config.cacheSize()), new AvroDecoder(registry, config.cacheSize()), isKey);
    }

    @Override
    public byte @Nullable [] fromConnectData(String topic, @Nullable Schema schema, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        return schema != null && EncodedSchema.is(schema)
                ? encoded(topic, value)
                : configured().write(topic, schema, value);
    }

    @Override
    public byte @Nullable [] fromConnectData(
            String topic, Headers headers, @Nullable Schema schema, @Nullable Object value) {
        byte[] bytes = fromConnectData(topic, schema, value);
        if (bytes != null) {
            OptionalInt id = schema != null && EncodedSchema.is(schema)
                    ? EncodedSchema.id(schema)
                    : configured().named(topic, schema);
            id.ifPresent(known ->
                    headers.remove(header).add(header, Integer.toString(known).getBytes(StandardCharsets.US_ASCII)));
        }
        return bytes;
    }

    @Override
    public SchemaAndValue toConnectData(String topic, byte @Nullable [] value) {
        return value == null ? SchemaAndValue.NULL : configured().read(topic, value, OptionalInt.empty());
    }

    /** Bytes of JSON are read by the schema that a header names. */
    @Override
    public SchemaAndValue toConnectData(String topic, Headers headers, byte @Nullable [] value) {
        return value == null ? SchemaAndValue.NULL : configured().read(topic, value, named(headers));
    }

    private OptionalInt named(Headers headers) {
        Header named = headers.lastHeader(header);
        try {
            return named == null
                    ? OptionalInt.empty()
                    : OptionalInt.of(Integer.parseInt(new String(named.value(), StandardCharsets.US_ASCII)));
        } catch (NumberFormatException e) {
            throw new DataException("Header " + header + " holds no id of a schema", e);
        }
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
