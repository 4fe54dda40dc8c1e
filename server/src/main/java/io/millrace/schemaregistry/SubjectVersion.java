package io.millrace.schemaregistry;

/**
 * One version of a subject.
 *
 * @param id id of the schema
 * @param text the schema as Avro writes it
 * @param deleted whether it was deleted, though not for good
 */
record SubjectVersion(SubjectName subject, int version, int id, String text, boolean deleted) {}
