package io.millrace.connect.sinks;

import org.apache.kafka.common.TopicPartition;

/** Where a change was read from: it is the same change whenever it is offered. */
public record Position(TopicPartition partition, long offset) {
    @Override
    public String toString() {
        return partition + "@" + offset;
    }
}
