package io.millrace.connect.sinks.sql;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A table of the destination as it is.
 *
 * @param columns by name
 * @param uniqueKeys columns of the primary key and of every unique index that a row can be found by
 */
public record TargetTable(TableName name, Map<String, TargetColumn> columns, List<Set<String>> uniqueKeys) {
    public TargetTable {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        uniqueKeys = List.copyOf(uniqueKeys);
    }

    /** Returns a column, if the table has it. */
    public Optional<TargetColumn> column(String wanted) {
        return Optional.ofNullable(columns.get(wanted));
    }

    /** Returns whether the database itself keeps these columns unique together. */
    public boolean isUnique(Set<String> key) {
        return uniqueKeys.contains(key);
    }
}
