package io.millrace.database.compare;

import java.util.Optional;

/**
 * A column of a table on one side.
 *
 * @param declared the database's own name of the type, with its parameters
 * @param kind what its values mean; empty where nobody can tell whether two of them are the same
 */
public record ComparedColumn(String name, String declared, Optional<ValueKind> kind) {}
