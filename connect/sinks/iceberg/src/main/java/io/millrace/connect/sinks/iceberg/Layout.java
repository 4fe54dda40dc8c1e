package io.millrace.connect.sinks.iceberg;

import io.millrace.connect.sinks.RefusedException;
import io.millrace.connect.sinks.keyed.Row;
import io.millrace.connect.sinks.keyed.RowKey;
import io.millrace.connect.sinks.row.Column;
import io.millrace.connect.sinks.row.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/**
 * Where the columns of rows are in a table.
 *
 * @param schema of the table
 * @param names of its columns, by name and type of those of rows
 */
record Layout(Schema schema, Map<Told, String> names) {
    /** A column as rows tell it; whether it may be null does not matter. */
    record Told(String name, ColumnType type) {
        static Told of(Column column) {
            return new Told(column.name(), column.type());
        }
    }

    NestedField field(Column column) {
        return schema.findField(names.get(Told.of(column)));
    }

    /** Returns whether rows of these columns say all that the table holds. */
    boolean tellsAll(List<Column> columns) {
        return columns.stream().map(this::field).distinct().count()
                == schema.columns().size();
    }

    /**
     * Returns a row as the table holds it.
     *
     * @param base what it held before; all null where there was nothing
     */
    Record record(Row row, Record base) throws RefusedException {
        for (int i = 0; i < row.columns().size(); i++) {
            Column column = row.columns().get(i);
            NestedField field = field(column);
            try {
                base.setField(field.name(), Values.of(field.type(), row.values()[i]));
            } catch (UnfitException | RuntimeException e) {
                throw new RefusedException(
                        row.change(),
                        "Column '" + column.name() + "' of table '"
                                + row.change().table() + "' cannot take the value: " + e.getMessage());
            }
        }
        return base;
    }

    Record empty() {
        return GenericRecord.create(schema);
    }

    /** Returns the values of a key as the table holds them; null where it cannot hold them, and so has no such row. */
    @Nullable
    List<Object> key(RowKey key) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < key.columns().size(); i++) {
            try {
                Object value = Values.of(field(key.columns().get(i)).type(), key.values()[i]);
                if (value == null) {
                    return null;
                }
                values.add(value);
            } catch (UnfitException | RuntimeException e) {
                return null;
            }
        }
        return values;
    }

    /** Returns the columns of a key in the table. */
    List<NestedField> fields(List<Column> key) {
        return key.stream().map(this::field).toList();
    }

    /** Returns the values that a row of the table has in some columns. */
    static List<Object> values(Record row, List<NestedField> fields) {
        List<Object> values = new ArrayList<>(fields.size());
        for (NestedField field : fields) {
            values.add(row.getField(field.name()));
        }
        return values;
    }
}
