package io.millrace.database;

import java.util.List;

/**
 * The columns that order the chunks of a table.
 *
 * @param columns in order; empty where the table has no key
 * @param warnings sentences on what makes this key slow or less certain
 */
public record SnapshotKey(List<String> columns, KeyOrigin origin, List<String> warnings) {
    public SnapshotKey {
        columns = List.copyOf(columns);
        warnings = List.copyOf(warnings);
        if (columns.isEmpty() != (origin == KeyOrigin.NONE)) {
            throw new IllegalArgumentException("a key of origin " + origin + " with columns " + columns);
        }
    }
}
