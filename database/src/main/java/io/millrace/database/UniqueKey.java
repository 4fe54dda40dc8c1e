package io.millrace.database;

import java.util.List;

/**
 * Columns whose values, where none is null, occur once in a table.
 *
 * @param index name of the index behind it
 * @param primary whether it is the primary key
 * @param nullable whether one of the columns may be null
 */
public record UniqueKey(String index, List<String> columns, boolean primary, boolean nullable) {
    public UniqueKey {
        columns = List.copyOf(columns);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("key " + index + " has no columns");
        }
    }
}
