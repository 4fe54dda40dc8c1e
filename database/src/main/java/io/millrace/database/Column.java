package io.millrace.database;

/**
 * A column of a table.
 *
 * @param type the database's own name of the type, with its modifiers
 * @param ordered whether its values have an order that an index can serve
 */
public record Column(String name, String type, boolean nullable, boolean ordered) {}
