package io.millrace.connect.sinks.row;

/** What the values of a schema mean, and how they are read. */
record Reading(ColumnType type, ValueReader reader) {
    static Reading as(ColumnType type) {
        return new Reading(type, value -> value);
    }
}
