package io.millrace.connect.sinks.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows for one table that name the same columns.
 *
 * @param columns as they are in the destination
 * @param key names of those that make a row unique; empty for a table without a key
 * @param values of each row, in the order of the columns
 */
public record Rows(TargetTable table, List<TargetColumn> columns, List<String> key, List<@Nullable Object[]> values) {
    /** Returns the columns that are not of the key. */
    public List<TargetColumn> others() {
        return columns.stream().filter(column -> !key.contains(column.name())).toList();
    }
}
