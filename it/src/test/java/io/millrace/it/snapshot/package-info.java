/**
 * Snapshots over the REST API, with the real connector, Kafka and PostgreSQL. What a stop promises is judged by the topic
 * itself: the records in it, read committed, are the rows that the run counts.
 */
@NullMarked
package io.millrace.it.snapshot;

import org.jspecify.annotations.NullMarked;
