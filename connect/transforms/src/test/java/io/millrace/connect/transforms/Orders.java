package io.millrace.connect.transforms;

import io.millrace.control.ControlTopics;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** Records of a table {@code public.orders} (id, region, note, blob), in the form that Debezium gives them. */
final class Orders {
    static final String TOPIC = "source_66b0f1c9a1b2c3d4e5f60000.public.orders";

    static final Schema KEY = SchemaBuilder.struct()
            .name(TOPIC + ".Key")
            .field("id", Schema.INT64_SCHEMA)
            .build();

    static final Schema ROW = SchemaBuilder.struct()
            .name(TOPIC + ".Value")
            .optional()
            .field("id", Schema.INT64_SCHEMA)
            .field(
                    "region",
                    SchemaBuilder.string().optional().defaultValue("eu").build())
            .field("note", Schema.OPTIONAL_STRING_SCHEMA)
            .field("title", Schema.STRING_SCHEMA)
            .field("blob", Schema.OPTIONAL_BYTES_SCHEMA)
            .field(
                    "document",
                    SchemaBuilder.string()
                            .name("io.debezium.data.Json")
                            .optional()
                            .build())
            .build();

    static final Schema SOURCE = SchemaBuilder.struct()
            .name("io.debezium.connector.postgresql.Source")
            .field("db", Schema.STRING_SCHEMA)
            .field("schema", Schema.STRING_SCHEMA)
            .field("table", Schema.STRING_SCHEMA)
            .field("ts_ms", Schema.INT64_SCHEMA)
            .build();

    static final Schema ENVELOPE = envelope(ROW);

    private static final Schema ENCODED =
            SchemaBuilder.bytes().name(ControlTopics.ENCODED_SCHEMA).build();

    private Orders() {}

    static Schema envelope(Schema row) {
        return SchemaBuilder.struct()
                .name(TOPIC + ".Envelope")
                .version(2)
                .field("before", row)
                .field("after", row)
                .field("source", SOURCE)
                .field("op", Schema.STRING_SCHEMA)
                .field("ts_ms", Schema.OPTIONAL_INT64_SCHEMA)
                .build();
    }

    static Struct source() {
        return new Struct(SOURCE)
                .put("db", "shop")
                .put("schema", "public")
                .put("table", "orders")
                .put("ts_ms", 2L);
    }

    static Struct key(long id) {
        return new Struct(KEY).put("id", id);
    }

    static Struct row(long id, String region) {
        return new Struct(ROW).put("id", id).put("region", region).put("title", "t");
    }

    static SourceRecord change(String operation, Optional<Struct> before, Optional<Struct> after) {
        Struct row = after.or(() -> before).orElseThrow();
        return record(KEY, key(row.getInt64("id")), ENVELOPE, envelope(operation, before, after));
    }

    static SourceRecord created(Struct after) {
        return change("c", Optional.empty(), Optional.of(after));
    }

    static SourceRecord deleted(Struct before) {
        return change("d", Optional.of(before), Optional.empty());
    }

    static SourceRecord tombstone(long id) {
        return record(KEY, key(id), null, null);
    }

    static SourceRecord truncated() {
        return record(KEY, null, ENVELOPE, envelope("t", Optional.empty(), Optional.empty()));
    }

    static SourceRecord heartbeat() {
        Schema key =
                SchemaBuilder.struct().field("serverName", Schema.STRING_SCHEMA).build();
        Schema value =
                SchemaBuilder.struct().field("ts_ms", Schema.INT64_SCHEMA).build();
        return new SourceRecord(
                Map.of(),
                Map.of(),
                "__debezium-heartbeat.source_66b0f1c9a1b2c3d4e5f60000",
                key,
                new Struct(key).put("serverName", "s"),
                value,
                new Struct(value).put("ts_ms", 1L));
    }

    static SourceRecord progress() {
        return new SourceRecord(
                Map.of(), Map.of(), ControlTopics.PROGRESS, 0, ENCODED, new byte[] {1}, ENCODED, new byte[] {2});
    }

    static SourceRecord record(Schema keySchema, Struct key, Schema schema, Struct value) {
        return new SourceRecord(
                Map.of("server", "s"), Map.of("lsn", 7L), TOPIC, null, keySchema, key, schema, value, 5L);
    }

    private static Struct envelope(String operation, Optional<Struct> before, Optional<Struct> after) {
        return new Struct(ENVELOPE)
                .put("before", before.orElse(null))
                .put("after", after.orElse(null))
                .put("source", source())
                .put("op", operation)
                .put("ts_ms", 3L);
    }

    static Struct before(SourceRecord record) {
        return ((Struct) record.value()).getStruct("before");
    }

    static Struct after(SourceRecord record) {
        return ((Struct) record.value()).getStruct("after");
    }
}
