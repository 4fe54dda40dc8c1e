/**
 * Rows to the topics of another Kafka cluster, as JSON or Avro.
 *
 * <p>{@link io.millrace.connect.sinks.kafka.KafkaDestination} writes the records of a poll and returns when the cluster has
 * acknowledged all of them. Deletes keep their two records: the last state of the row, and the tombstone.
 */
@NullMarked
package io.millrace.connect.sinks.kafka;

import org.jspecify.annotations.NullMarked;
