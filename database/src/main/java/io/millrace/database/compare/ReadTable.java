package io.millrace.database.compare;

import io.millrace.control.TableName;
import java.util.List;
import java.util.Optional;

/**
 * What is read of a table on one side.
 *
 * @param key columns by which rows are told apart, in the same order on both sides
 * @param columns columns that are compared, in the same order on both sides
 * @param deletedMark column that says of a row that it is deleted and does not count
 */
public record ReadTable(
        TableName name, List<ReadColumn> key, List<ReadColumn> columns, Optional<ComparedColumn> deletedMark) {
    public ReadTable {
        key = List.copyOf(key);
        columns = List.copyOf(columns);
        if (key.isEmpty()) {
            throw new IllegalArgumentException("table " + name + " has no key");
        }
    }

    /**
     * A column that is read.
     *
     * @param kind what its values are taken for, the same on both sides
     */
    public record ReadColumn(ComparedColumn column, ValueKind kind) {}
}
