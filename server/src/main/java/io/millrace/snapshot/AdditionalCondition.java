package io.millrace.snapshot;

/**
 * Limits a run to some rows of one table.
 *
 * @param dataCollection name or id of a topic
 * @param filter text of a WHERE clause
 */
public record AdditionalCondition(String dataCollection, String filter) {}
