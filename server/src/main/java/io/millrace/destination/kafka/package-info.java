/**
 * Writing to another Kafka cluster: what each key of the connector {@code kafka} does. {@link
 * io.millrace.destination.kafka.KafkaSink} has the properties, {@link io.millrace.destination.kafka.ClusterLook} looks at the
 * cluster and at its schema registry.
 */
@NullMarked
package io.millrace.destination.kafka;

import org.jspecify.annotations.NullMarked;
