package io.millrace.database.compare;

import java.util.List;

/**
 * A key of which the two sides differ.
 *
 * @param key texts of its columns
 * @param columns names of the columns that differ, at the source
 */
public record Difference(List<String> key, Kind kind, List<String> columns) {
    public Difference {
        key = List.copyOf(key);
        columns = List.copyOf(columns);
    }

    /** In what they differ. */
    public enum Kind {
        /** The destination does not have the row. */
        MISSING,
        /** The source does not have the row. */
        EXTRA,
        /** Both have the row, with other values. */
        DIFFERENT
    }
}
