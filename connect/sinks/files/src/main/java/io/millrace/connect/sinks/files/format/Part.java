package io.millrace.connect.sinks.files.format;

import io.millrace.connect.sinks.row.ColumnType;
import java.util.List;

/** A named place in the rows of a file. Every value may be missing: a file outlives the {@code NOT NULL} of a table. */
public record Part(String name, Content content) {
    /** What stands in a place. */
    public sealed interface Content permits Value, Row {}

    /** A value of a column. */
    public record Value(ColumnType type) implements Content {}

    /** A row of its own; an array of the values of its parts. */
    public record Row(List<Part> parts) implements Content {
        public Row {
            parts = List.copyOf(parts);
        }
    }

    /** Returns a place for a value. */
    public static Part of(String name, ColumnType type) {
        return new Part(name, new Value(type));
    }
}
