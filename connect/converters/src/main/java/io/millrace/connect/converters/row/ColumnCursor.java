package io.millrace.connect.converters.row;

import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;

/** Which column is next, and whether a call fits it. For one thread. */
public final class ColumnCursor {
    private final List<Field> fields;
    private final Schema.Type[] types;
    private int next;

    /** Stands before the first column of a struct. */
    public ColumnCursor(Schema struct) {
        this.fields = List.copyOf(struct.fields());
        this.types = fields.stream().map(field -> stored(field.schema().type())).toArray(Schema.Type[]::new);
    }

    private static Schema.Type stored(Schema.Type type) {
        return type == Schema.Type.INT8 || type == Schema.Type.INT16 ? Schema.Type.INT32 : type;
    }

    /** Goes back before the first column. */
    public void reset() {
        next = 0;
    }

    /** Returns the index of the next column and passes it; its type must be {@code type}, INT32 for all small ones. */
    public int pass(Schema.Type type) {
        int index = pass();
        if (types[index] != type) {
            throw refused(index, "holds " + types[index] + ", not " + type);
        }
        return index;
    }

    /** Returns the index of the next column and passes it. */
    public int pass() {
        if (next == types.length) {
            throw new DataException("A row has more values than the table's " + types.length + " columns");
        }
        return next++;
    }

    /** Makes sure that all columns were passed. */
    public void end() {
        if (next != types.length) {
            throw refused(next, "has no value, and so has none behind it");
        }
    }

    /** Returns the column as its schema has it. */
    public Field field(int index) {
        return fields.get(index);
    }

    /** Returns what to throw about a column. */
    public DataException refused(int index, String reason) {
        return new DataException("Field " + fields.get(index).name() + ": it " + reason);
    }
}
