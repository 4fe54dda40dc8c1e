package io.millrace.schemaregistry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.auth.Access;
import io.millrace.connect.converters.MillraceConverter;
import io.millrace.http.Api;
import io.millrace.http.TestApi;
import io.millrace.store.Ids;
import io.millrace.store.Store;
import io.millrace.store.TestStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The converter writes, and a consumer that knows only the wire format, the protocol and Avro reads. */
class ConverterInteroperabilityTest {
    private static final String TOPIC = "source_65a1b2c3d4e5f60718293a4b.public.orders";
    private static final Schema ROW = SchemaBuilder.struct()
            .name(TOPIC + ".Value")
            .optional()
            .field("id", Schema.INT64_SCHEMA)
            .field("größe", Schema.OPTIONAL_FLOAT64_SCHEMA)
            .field(
                    "made",
                    SchemaBuilder.int64()
                            .name("io.debezium.time.MicroTimestamp")
                            .version(1)
                            .build())
            .build();
    private static final Schema ENVELOPE = SchemaBuilder.struct()
            .name(TOPIC + ".Envelope")
            .field("before", ROW)
            .field("after", ROW)
            .field("op", Schema.STRING_SCHEMA)
            .build();

    @TempDir
    private Path folder;

    private Store store;
    private TestApi api;
    private String userInfo;

    @BeforeEach
    void open() {
        store = TestStore.SQLITE.open(folder);
        SecureRandom random = new SecureRandom();
        Access access = new Access(store, new Ids(Clock.systemUTC(), random), random, Clock.systemUTC());
        SchemaRegistry registry = new SchemaRegistry(store, Clock.systemUTC());
        List<Object> resources = new ArrayList<>(registry.resources());
        resources.add(access.resource());
        api = TestApi.of(new Api(resources, access.authenticator(), List.of(registry.form())));
        userInfo = access.internal().userInfo().reveal();
    }

    @AfterEach
    void close() {
        api.close();
        store.close();
    }

    @Test
    void anyConsumerOfTheWireFormatReadsWhatTheConverterWrote() throws IOException {
        byte[] record = converter(userInfo).fromConnectData(TOPIC, ENVELOPE, inserted());

        ByteBuffer header = ByteBuffer.wrap(record);
        assertThat(header.get()).isZero();
        JsonNode found = get("/schema-registry/confluent/schemas/ids/" + header.getInt());
        org.apache.avro.Schema schema =
                new org.apache.avro.Schema.Parser().parse(found.path("schema").asText());
        GenericRecord read = new GenericDatumReader<GenericRecord>(schema)
                .read(null, DecoderFactory.get().binaryDecoder(record, 5, record.length - 5, null));

        assertThat(read.get("op")).hasToString("c");
        assertThat(read.get("before")).isNull();
        GenericRecord after = (GenericRecord) read.get("after");
        assertThat(after.get("id")).isEqualTo(7L);
        assertThat(after.get("gr_u00F6_u00DFe")).isEqualTo(1.5);
        assertThat(after.get("made")).isEqualTo(1_700_000_000_000_000L);
        assertThat(get("/schema-registry/confluent/subjects").toString()).isEqualTo("[\"" + TOPIC + "-value\"]");
    }

    @Test
    void sinksGetBackTheSchemaThatTheSourceHad() {
        byte[] record = converter(userInfo).fromConnectData(TOPIC, ENVELOPE, inserted());

        SchemaAndValue read = converter(userInfo).toConnectData(TOPIC, record);

        assertThat(read).isEqualTo(new SchemaAndValue(ENVELOPE, inserted()));
    }

    @Test
    void aTableMayChangeInAnyWay() {
        MillraceConverter converter = converter(userInfo);
        Schema other = SchemaBuilder.struct()
                .name(ENVELOPE.name())
                .field("op", Schema.INT64_SCHEMA)
                .field("more", Schema.STRING_SCHEMA)
                .build();
        converter.fromConnectData(TOPIC, ENVELOPE, inserted());
        converter.fromConnectData(TOPIC, other, new Struct(other).put("op", 1L).put("more", "x"));

        assertThat(get("/schema-registry/confluent/subjects/" + TOPIC + "-value/versions")
                        .toString())
                .isEqualTo("[1,2]");
    }

    @Test
    void wrongCredentialsFailAtOnceWithTheNameOfTheSetting() {
        MillraceConverter converter = converter("me:hush");

        assertThatThrownBy(() -> converter.fromConnectData(TOPIC, ENVELOPE, inserted()))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("registry.user.info")
                .hasMessageNotContaining("hush");
    }

    private static Struct inserted() {
        Struct row = new Struct(ROW).put("id", 7L).put("größe", 1.5).put("made", 1_700_000_000_000_000L);
        return new Struct(ENVELOPE).put("after", row).put("op", "c");
    }

    private MillraceConverter converter(String user) {
        MillraceConverter converter = new MillraceConverter();
        converter.configure(
                Map.of(
                        "format",
                        "avro",
                        "registry.url",
                        "http://127.0.0.1:" + api.port() + "/schema-registry/confluent",
                        "registry.user.info",
                        user),
                false);
        return converter;
    }

    private JsonNode get(String path) {
        String basic = Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
        return api.send("GET", path, "", "Authorization", "Basic " + basic).json();
    }
}
