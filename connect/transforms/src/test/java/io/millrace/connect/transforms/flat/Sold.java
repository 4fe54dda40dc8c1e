package io.millrace.connect.transforms.flat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.transforms.Transformation;

/** Rows of a table {@code public.sold}, as a destination reads them. */
final class Sold {
    static final String TOPIC = "source_66b0f1c9a1b2c3d4e5f60000.public.sold";
    static final Schema KEY = SchemaBuilder.struct()
            .name(TOPIC + ".Key")
            .field("id", Schema.INT64_SCHEMA)
            .build();
    static final Schema ROW = SchemaBuilder.struct()
            .name(TOPIC + ".Value")
            .field("id", Schema.INT64_SCHEMA)
            .field("total", Schema.OPTIONAL_STRING_SCHEMA)
            .field("note", Schema.OPTIONAL_STRING_SCHEMA)
            .field(
                    "region",
                    SchemaBuilder.string().optional().defaultValue("eu").build())
            .build();

    private Sold() {}

    static Struct row(long id, String total, String note) {
        return new Struct(ROW)
                .put("id", id)
                .put("total", total)
                .put("note", note)
                .put("region", null);
    }

    static SinkRecord record(Struct row) {
        return record(TOPIC, row.schema(), row);
    }

    static SinkRecord tombstone() {
        return record(TOPIC, null, null);
    }

    /** What a truncation is once it was flattened. */
    static SinkRecord truncation() {
        return new SinkRecord(
                TOPIC,
                0,
                null,
                null,
                null,
                null,
                42,
                5L,
                TimestampType.CREATE_TIME,
                new ConnectHeaders().addString("millrace.operation", "t"));
    }

    static SinkRecord record(String topic, Schema schema, Struct row) {
        return new SinkRecord(
                topic, 0, KEY, new Struct(KEY).put("id", 7L), schema, row, 42, 5L, TimestampType.CREATE_TIME);
    }

    /** Returns a row of one column beside its key. */
    static SinkRecord with(String column, Schema type, Object value) {
        Schema schema = SchemaBuilder.struct()
                .name(TOPIC + ".Value")
                .field("id", Schema.INT64_SCHEMA)
                .field(column, type)
                .build();
        return record(new Struct(schema).put("id", 7L).put(column, value));
    }

    static Struct value(SinkRecord record) {
        return (Struct) record.value();
    }

    static List<String> columns(SinkRecord record) {
        return record.valueSchema().fields().stream().map(Field::name).toList();
    }

    /** Configures a transformation with options in pairs. */
    static Transformation<SinkRecord> configured(Transformation<SinkRecord> transformation, String... options) {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < options.length; i += 2) {
            all.put(options[i], options[i + 1]);
        }
        transformation.configure(all);
        return transformation;
    }
}
