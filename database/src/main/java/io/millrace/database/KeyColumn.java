package io.millrace.database;

/** A column of the key that records carry. */
public record KeyColumn(String name, KeyKind kind) {}
