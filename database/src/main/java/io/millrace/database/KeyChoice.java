package io.millrace.database;

/** The outcome of choosing a key: a key, which may be none, or why the surrogate key asked for cannot be used. */
public sealed interface KeyChoice {
    /** This key; its origin is {@link KeyOrigin#NONE} where the table has none. */
    record Chosen(SnapshotKey key) implements KeyChoice {}

    /** The table has no column of the surrogate key's name. */
    record SurrogateMissing(String message) implements KeyChoice {}

    /** The surrogate key's type has no order. */
    record SurrogateUnusable(String message) implements KeyChoice {}
}
