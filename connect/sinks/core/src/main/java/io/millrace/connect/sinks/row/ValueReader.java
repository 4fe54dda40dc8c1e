package io.millrace.connect.sinks.row;

/** Turns a value of Connect that is not null into one of the class that its {@link ColumnType} names. */
@FunctionalInterface
interface ValueReader {
    Object read(Object value);
}
