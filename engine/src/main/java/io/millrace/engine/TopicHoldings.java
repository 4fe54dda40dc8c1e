package io.millrace.engine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a topic holds.
 *
 * @param earliest time of the first record of all partitions
 * @param newest greatest time of a record
 */
public record TopicHoldings(List<Partition> partitions, Optional<Instant> earliest, Optional<Instant> newest) {
    public TopicHoldings {
        partitions = List.copyOf(partitions);
    }

    /**
     * A partition.
     *
     * @param earliest first offset that can be read
     * @param latest offset behind the last one
     * @param bytes on the disk of its leader
     */
    public record Partition(int partition, long earliest, long latest, long bytes) {
        /** Returns how many offsets there are; ends of transactions and compaction leave some of them without a record. */
        public long offsets() {
            return latest - earliest;
        }
    }
}
