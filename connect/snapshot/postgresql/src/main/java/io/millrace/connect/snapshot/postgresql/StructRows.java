package io.millrace.connect.snapshot.postgresql;

import io.debezium.relational.TableSchema;
import io.millrace.connect.snapshot.Row;
import java.time.Instant;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Rows as Debezium makes them. */
final class StructRows implements RowMaker {
    private final TableSchema schema;
    private final ColumnConversion[] conversions;
    private final Struct source;
    private final Instant now;

    /** Makes a maker of rows whose fields are the table's columns, all and in order. */
    StructRows(TableSchema schema, ColumnConversion[] conversions, Struct source, Instant now) {
        this.schema = schema;
        this.conversions = conversions.clone();
        this.source = source;
        this.now = now;
    }

    @Override
    public Row make(CopyLine line) {
        @Nullable Object[] values = new Object[conversions.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = conversions[i].decode(line.text(i));
        }
        Struct key = schema.keyFromColumnData(values);
        Struct value = schema.getEnvelopeSchema().read(schema.valueFromColumnData(values), source, now);
        return new Row(key, schema.keySchema(), key, schema.getEnvelopeSchema().schema(), value);
    }

    @Override
    public long bytes(Row row, CopyLine line) {
        return line.bytes().length;
    }
}
