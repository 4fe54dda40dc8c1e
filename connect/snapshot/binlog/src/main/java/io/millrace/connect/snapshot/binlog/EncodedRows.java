package io.millrace.connect.snapshot.binlog;

import io.millrace.connect.converters.row.RowWriter;
import io.millrace.connect.snapshot.Row;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;

/** Rows as the bytes that the converter would make of them, made by whoever reads instead of by the task. */
final class EncodedRows implements RowMaker {
    private final StructRows structs;
    private final String member;
    private final Optional<RowWriter> keys;
    private final RowWriter values;

    /**
     * Makes a maker of rows.
     *
     * @param member field of the envelope that the writer of values writes
     * @param keys empty for a table whose records have no key
     */
    EncodedRows(StructRows structs, String member, Optional<RowWriter> keys, RowWriter values) {
        this.structs = structs;
        this.member = member;
        this.keys = keys;
        this.values = values;
    }

    @Override
    public Made make(ResultSet result) throws SQLException {
        Row row = structs.make(result).row();
        byte[] value = write(((Struct) row.value()).getStruct(member), values);
        if (keys.isEmpty() || row.identifying() == null) {
            return new Made(new Row(row.identifying(), null, null, values.schema(), value), value.length);
        }
        byte[] key = write(row.identifying(), keys.get());
        return new Made(
                new Row(row.identifying(), keys.get().schema(), key, values.schema(), value),
                key.length + value.length);
    }

    private static byte[] write(Struct row, RowWriter out) {
        List<Field> fields = row.schema().fields();
        out.begin();
        for (int i = 0; i < fields.size(); i++) {
            out.write(row.getWithoutDefault(fields.get(i).name()));
        }
        return out.finish();
    }
}
