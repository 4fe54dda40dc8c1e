package io.millrace.connect.snapshot.binlog;

import io.debezium.relational.TableSchema;
import io.millrace.connect.snapshot.Row;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Rows as Debezium makes them of what it reads from the log. */
final class StructRows implements RowMaker {
    /** Of columns of fixed width, and of what lies around a row. */
    private static final int BYTES_OF_NUMBER = 8;

    private final TableSchema schema;
    private final List<ColumnForm> forms;
    private final Struct source;
    private final Instant now;

    /** Makes a maker of rows whose fields are the table's columns, all and in order. */
    StructRows(TableSchema schema, List<ColumnForm> forms, Struct source, Instant now) {
        this.schema = schema;
        this.forms = forms;
        this.source = source;
        this.now = now;
    }

    @Override
    public Made make(ResultSet result) throws SQLException {
        @Nullable Object[] values = new Object[forms.size()];
        long bytes = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = forms.get(i).read(result, i + 1);
            bytes += size(values[i]);
        }
        Struct key = schema.keyFromColumnData(values);
        Struct value = schema.getEnvelopeSchema().read(schema.valueFromColumnData(values), source, now);
        return new Made(
                new Row(key, schema.keySchema(), key, schema.getEnvelopeSchema().schema(), value), bytes);
    }

    private static long size(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return bytes.length;
        }
        return value instanceof String text ? text.length() : BYTES_OF_NUMBER;
    }
}
