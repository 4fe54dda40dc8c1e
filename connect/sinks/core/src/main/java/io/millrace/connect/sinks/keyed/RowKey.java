package io.millrace.connect.sinks.keyed;

import io.millrace.connect.sinks.row.Column;
import java.util.Arrays;
import java.util.List;

/**
 * What tells a row from the others of its table. Keys are equal when their columns and values are, bytes included.
 *
 * @param columns of the key; the same object for keys of one schema
 * @param values in the order of the columns
 */
@SuppressWarnings("ArrayRecordComponent") // equal by what the array holds
public record RowKey(List<Column> columns, Object[] values) {
    /** Returns the names of the columns. */
    public List<String> names() {
        return columns.stream().map(Column::name).toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RowKey key && columns.equals(key.columns) && Arrays.deepEquals(values, key.values);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(values);
    }
}
