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
 * @param newer which rows are looked at when ranges are read; all of them if it is empty
 */
public record ReadTable(
        TableName name,
        List<ReadColumn> key,
        List<ReadColumn> columns,
        Optional<ComparedColumn> deletedMark,
        Optional<Newer> newer) {
    public ReadTable {
        key = List.copyOf(key);
        columns = List.copyOf(columns);
        if (key.isEmpty()) {
            throw new IllegalArgumentException("table " + name + " has no key");
        }
    }

    /** All rows of a table. */
    public ReadTable(
            TableName name, List<ReadColumn> key, List<ReadColumn> columns, Optional<ComparedColumn> deletedMark) {
        this(name, key, columns, deletedMark, Optional.empty());
    }

    /** Returns the same table, of which only newer rows are looked at. */
    public ReadTable only(Newer rows) {
        return new ReadTable(name, key, columns, deletedMark, Optional.of(rows));
    }

    /** Rows in which a column is greater than a value, or has none. */
    public record Newer(ComparedColumn column, String since) {}

    /**
     * A column that is read.
     *
     * @param kind what its values are taken for, the same on both sides
     */
    public record ReadColumn(ComparedColumn column, ValueKind kind) {}
}
