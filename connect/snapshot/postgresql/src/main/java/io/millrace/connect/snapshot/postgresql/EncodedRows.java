package io.millrace.connect.snapshot.postgresql;

import io.millrace.connect.converters.row.RowWriter;
import io.millrace.connect.snapshot.Row;
import java.util.Optional;

/** Rows as the bytes that the converter would make of them. */
final class EncodedRows implements RowMaker {
    /** Fields of a line in the order of a schema, and the way of each. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Columns(int[] fields, ColumnPath[] paths) {
        private byte[] write(CopyLine line, RowWriter out) {
            out.begin();
            for (int i = 0; i < fields.length; i++) {
                int field = fields[i];
                if (line.isNull(field)) {
                    paths[i].writeNull(out);
                } else {
                    paths[i].write(line.bytes(), line.start(field), line.length(field), out);
                }
            }
            return out.finish();
        }
    }

    /**
     * How keys are made.
     *
     * @param structs for those who compare them
     */
    record Keys(KeyStructs structs, Columns columns, RowWriter writer) {}

    private final Optional<Keys> keys;
    private final Columns columns;
    private final RowWriter writer;

    /**
     * Makes a maker of rows.
     *
     * @param keys empty for a table whose records have no key
     */
    EncodedRows(Optional<Keys> keys, Columns columns, RowWriter writer) {
        this.keys = keys;
        this.columns = columns;
        this.writer = writer;
    }

    @Override
    public Row make(CopyLine line) {
        byte[] value = columns.write(line, writer);
        if (keys.isEmpty()) {
            return new Row(null, null, null, writer.schema(), value);
        }
        Keys key = keys.get();
        return new Row(
                key.structs().of(line),
                key.writer().schema(),
                key.columns().write(line, key.writer()),
                writer.schema(),
                value);
    }

    @Override
    public long bytes(Row row, CopyLine line) {
        long key = row.key() instanceof byte[] bytes ? bytes.length : 0;
        return key + ((byte[]) row.value()).length;
    }
}
