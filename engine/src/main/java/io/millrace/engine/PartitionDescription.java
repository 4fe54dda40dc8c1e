package io.millrace.engine;

import java.util.List;

/**
 * A partition as it is.
 *
 * @param leader broker id, -1 when there is none
 * @param earliest first offset that can be read
 * @param latest offset after the last one that a read-committed reader sees
 */
public record PartitionDescription(
        int partition, int leader, List<Integer> replicas, List<Integer> isr, long earliest, long latest) {
    public PartitionDescription {
        replicas = List.copyOf(replicas);
        isr = List.copyOf(isr);
    }
}
