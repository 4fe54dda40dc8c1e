package io.millrace.connect.converters;

/** How records are written into topics. */
enum RecordFormat {
    /** Confluent wire format: a zero, a schema id, Avro binary. */
    AVRO,
    /** UTF-8 JSON, with or without its schema. */
    JSON
}
