package io.millrace.schemaregistry;

/**
 * A subject in a list.
 *
 * @param versions how many versions it has
 */
record SubjectSummary(SubjectName subject, int versions, int latestVersion) {}
