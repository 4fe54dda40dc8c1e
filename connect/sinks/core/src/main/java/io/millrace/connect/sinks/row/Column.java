package io.millrace.connect.sinks.row;

/** A column of rows. */
public record Column(String name, ColumnType type, boolean optional) {}
