package io.millrace.engine;

/** A partition of a topic. */
public record PartitionId(String topic, int partition) {}
