package io.millrace.snapshot;

import java.util.OptionalLong;

/**
 * What the value of a record says became of its row.
 *
 * @param transaction that did it, as the stream counts them; empty for a row that a snapshot read
 */
record RowChange(Kind kind, OptionalLong transaction) {
    /** What became of the row. */
    enum Kind {
        DELIVERED,
        DELETED,
        TRUNCATED,
        /** Nothing that is about rows. */
        OTHER
    }

    /** Reads Debezium's letters. */
    static RowChange of(String op, OptionalLong transaction) {
        return switch (op) {
            case "r" -> new RowChange(Kind.DELIVERED, OptionalLong.empty());
            case "c", "u" -> new RowChange(Kind.DELIVERED, transaction);
            case "d" -> new RowChange(Kind.DELETED, transaction);
            case "t" -> new RowChange(Kind.TRUNCATED, transaction);
            default -> new RowChange(Kind.OTHER, transaction);
        };
    }
}
