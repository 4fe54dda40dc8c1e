package io.millrace.connect.snapshot;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.connect.source.SourceRecord;

/** A row as it is handed on; counted until Kafka has acknowledged it. */
final class RowRecord extends SourceRecord {
    private final transient AtomicLong inFlight;

    /**
     * Makes the record.
     *
     * @param partition source partition of the table's position
     * @param offset position before the rows that are handed on together: only they as a whole move it
     * @param inFlight rows of the table that are not acknowledged, to be told of this one
     */
    RowRecord(Map<String, String> partition, Map<String, Object> offset, String topic, Row row, AtomicLong inFlight) {
        super(partition, offset, topic, row.keySchema(), row.key(), row.valueSchema(), row.value());
        this.inFlight = inFlight;
        inFlight.incrementAndGet();
    }

    void acknowledged() {
        inFlight.decrementAndGet();
    }

    // A worker keeps records in hash tables while their transaction is open; comparing rows there costs more than
    // reading them.

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
