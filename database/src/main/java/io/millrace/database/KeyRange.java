package io.millrace.database;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * The rows of a table that a snapshot is about.
 *
 * @param columns columns that order the rows; none means all rows, whatever the bounds
 * @param after object of column to value: rows up to it are left out
 * @param upTo object of column to value: rows beyond it are left out; without it only rows with a null among the columns
 *     are meant, which come after all others
 * @param filter condition that rows must meet; one that the database took before
 */
public record KeyRange(
        List<String> columns, Optional<JsonNode> after, Optional<JsonNode> upTo, Optional<String> filter) {
    public KeyRange {
        columns = List.copyOf(columns);
    }

    /** Returns the whole table. */
    public static KeyRange everything(Optional<String> filter) {
        return new KeyRange(List.of(), Optional.empty(), Optional.empty(), filter);
    }
}
