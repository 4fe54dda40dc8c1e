package io.millrace.connect.sinks.sql;

import io.millrace.connect.sinks.Change;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** Makes records as the transforms of a destination leave them. */
final class Changes {
    private final String table;
    private final Map<String, Schema> columns = new LinkedHashMap<>();
    private long offset;

    /** Records of a table whose key is {@code id}. */
    Changes(String table) {
        this.table = table;
        columns.put("id", Schema.INT32_SCHEMA);
    }

    Changes with(String column, Schema schema) {
        columns.put(column, schema);
        return this;
    }

    Changes without(String column) {
        columns.remove(column);
        return this;
    }

    SinkRecord upsert(int id, @Nullable Object... values) {
        return record(id, "false", values);
    }

    SinkRecord delete(int id, @Nullable Object... values) {
        return record(id, "true", values);
    }

    SinkRecord tombstone(int id) {
        return new SinkRecord(table, 0, keySchema(), key(id), null, null, offset++);
    }

    SinkRecord truncation() {
        SinkRecord record = new SinkRecord(table, 0, null, null, null, null, offset++, 0L, TimestampType.CREATE_TIME);
        record.headers().addString(Change.OPERATION, "t");
        return record;
    }

    /** A change of a table that has no key. */
    SinkRecord keyless(int id, @Nullable Object... values) {
        SinkRecord record = record(id, "false", values);
        return new SinkRecord(table, 0, null, null, record.valueSchema(), record.value(), record.kafkaOffset());
    }

    private SinkRecord record(int id, String deleted, @Nullable Object... values) {
        SchemaBuilder builder = SchemaBuilder.struct().name(table + ".Value");
        columns.forEach(builder::field);
        builder.field(Change.DELETED, Schema.OPTIONAL_STRING_SCHEMA);
        Schema schema = builder.build();
        Struct row = new Struct(schema).put("id", id).put(Change.DELETED, deleted);
        int i = 0;
        for (Field field : schema.fields()) {
            if (!field.name().equals("id") && !field.name().equals(Change.DELETED)) {
                row.put(field, values[i++]);
            }
        }
        return new SinkRecord(table, 0, keySchema(), key(id), schema, row, offset++);
    }

    private Schema keySchema() {
        return SchemaBuilder.struct()
                .name(table + ".Key")
                .field("id", Schema.INT32_SCHEMA)
                .build();
    }

    private Struct key(int id) {
        return new Struct(keySchema()).put("id", id);
    }
}
