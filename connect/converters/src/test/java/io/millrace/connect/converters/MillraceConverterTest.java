package io.millrace.connect.converters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.control.ControlTopics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.storage.Converter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MillraceConverterTest {
    /** Nothing listens there, so a test that asks it fails. */
    private static final Map<String, String> AVRO =
            Map.of("format", "avro", "registry.url", "http://127.0.0.1:1", "registry.wait.ms", "0");

    private static final Map<String, String> JSON = Map.of("format", "json");

    private final MillraceConverter converter = new MillraceConverter();

    @Test
    void isFoundByServiceLoading() {
        assertThat(ServiceLoader.load(Converter.class)).hasAtLeastOneElementOfType(MillraceConverter.class);
    }

    @Test
    void everyDefaultIsAsDocumented() {
        ConverterConfig config = new ConverterConfig(Map.of("registry.url", "http://localhost:8080/r"));

        assertThat(config.format()).isEqualTo(RecordFormat.AVRO);
        assertThat(config.registryUrl()).hasToString("http://localhost:8080/r");
        assertThat(config.credentials()).isEmpty();
        assertThat(config.registryWait()).hasSeconds(60);
        assertThat(config.schemasEnable()).isFalse();
        assertThat(config.cacheSize()).isEqualTo(1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"avro", "json"})
    void encodedRecordsPassThrough(String format) {
        converter.configure(format.equals("avro") ? AVRO : JSON, false);
        Schema schema = SchemaBuilder.bytes().name(ControlTopics.ENCODED_SCHEMA).build();
        byte[] bytes = {0, 1, 2};

        assertThat(converter.fromConnectData("t", schema, bytes)).isEqualTo(bytes);
        assertThat(converter.fromConnectData("t", schema, ByteBuffer.wrap(bytes, 1, 2)))
                .containsExactly(1, 2);
        assertThatThrownBy(() -> converter.fromConnectData("t", schema, "text")).isInstanceOf(DataException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"avro", "json"})
    void nullIsATombstoneBothWays(String format) {
        converter.configure(format.equals("avro") ? AVRO : JSON, false);

        assertThat(converter.fromConnectData("t", Schema.OPTIONAL_STRING_SCHEMA, null))
                .isNull();
        assertThat(converter.fromConnectData("t", null, null)).isNull();
        assertThat(converter.toConnectData("t", null)).isEqualTo(SchemaAndValue.NULL);
    }

    @Test
    void jsonHasNoSchemaUnlessAskedFor() {
        Schema schema = SchemaBuilder.struct()
                .field("id", Schema.INT64_SCHEMA)
                .field(
                        "note",
                        SchemaBuilder.string().optional().defaultValue("none").build())
                .build();
        Struct row = new Struct(schema).put("id", 7L);
        converter.configure(JSON, false);
        byte[] bytes = converter.fromConnectData("t", schema, row);

        // A null stays null, although the column has a default.
        assertThat(text(bytes)).isEqualTo("{\"id\":7,\"note\":null}");
        assertThat(converter.toConnectData("t", bytes).value()).isInstanceOf(Map.class);

        converter.configure(Map.of("format", "json", "schemas.enable", "true"), false);
        byte[] withSchema = converter.fromConnectData("t", schema, row);
        assertThat(converter.toConnectData("t", withSchema)).isEqualTo(new SchemaAndValue(schema, row));
    }

    @Test
    void avroNeedsASchemaAndSaysWhatToDo() {
        converter.configure(AVRO, false);

        assertThatThrownBy(() -> converter.fromConnectData("shop", null, Map.of("a", 1)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("shop")
                .hasMessageContaining("json");
    }

    @Test
    void bytesOfAnotherFormatAreRefusedWithAReason() {
        converter.configure(AVRO, false);

        assertThatThrownBy(() -> converter.toConnectData("t", "{\"a\":1}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("wire format");
        assertThatThrownBy(() -> converter.toConnectData("t", new byte[] {0, 1}))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("2 bytes");
    }

    @Test
    void settingsThatCannotWorkAreRefusedWithoutShowingSecrets() {
        assertThatThrownBy(() -> converter.configure(Map.of("format", "xml"), false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("format");
        assertThatThrownBy(() -> converter.configure(Map.of("format", "avro"), false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("registry.url is required");
        assertThatThrownBy(() -> converter.configure(
                        Map.of("format", "avro", "registry.url", "http://me:hush@localhost"), false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("registry.user.info")
                .hasMessageNotContaining("hush");
        assertThatThrownBy(() -> converter.configure(
                        Map.of("registry.url", "http://localhost", "registry.user.info", "hush"), false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("<client id>:<secret>")
                .hasMessageNotContaining("hush");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
