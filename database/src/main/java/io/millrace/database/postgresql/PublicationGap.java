package io.millrace.database.postgresql;

/**
 * Something that a publication lacks.
 *
 * @param message what is missing
 * @param sql the statement that mends it
 */
public record PublicationGap(String message, String sql) {}
