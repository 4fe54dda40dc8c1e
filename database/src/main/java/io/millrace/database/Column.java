package io.millrace.database;

/**
 * A column of a table.
 *
 * @param type the database's own name of the type, with its modifiers
 */
public record Column(String name, String type, boolean nullable) {}
