package io.millrace.bench.snapshot;

import io.millrace.demo.DemoFailure;
import java.util.BitSet;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Compares what arrived in a topic with the table that it came from, value by value. */
final class TopicJudge {
    private final long[] digests;
    private final Envelope.Decoder decoder;

    /** @param digests digest of each row of the table by key, from 1 on */
    TopicJudge(long[] digests, Envelope.Decoder decoder) {
        this.digests = digests;
        this.decoder = decoder;
    }

    /**
     * What arrived; every row of the table did, as it is there.
     *
     * @param again records of rows that had arrived before
     * @param lastOffset offset of the record that made the table complete
     * @param bytes bytes of all keys and values
     */
    record Verdict(long records, long again, long lastOffset, long bytes) {}

    /** Judges the records of a topic in their order; refuses a row that is missing, another, or none of the table's. */
    Verdict judge(String topic, Iterable<List<ConsumerRecord<byte[], byte[]>>> batches) {
        BitSet seen = new BitSet(digests.length);
        long records = 0;
        long lastOffset = -1;
        long bytes = 0;
        for (List<ConsumerRecord<byte[], byte[]>> batch : batches) {
            for (ConsumerRecord<byte[], byte[]> message : batch) {
                records++;
                bytes += message.key().length + message.value().length;
                int id = matching(topic, message);
                if (!seen.get(id)) {
                    seen.set(id);
                    lastOffset = message.offset();
                }
            }
        }
        int missing = digests.length - 1 - seen.cardinality();
        if (missing > 0) {
            throw new DemoFailure("topic " + topic + " lacks " + missing + " rows of the table, the first with id "
                    + seen.nextClearBit(1));
        }
        return new Verdict(records, records - seen.cardinality(), lastOffset, bytes);
    }

    private int matching(String topic, ConsumerRecord<byte[], byte[]> message) {
        Envelope envelope = decoder.decode(message.value());
        long id = envelope.id();
        if (id < 1 || id >= digests.length) {
            throw new DemoFailure("offset " + message.offset() + " of topic " + topic + " has id " + id
                    + ", which the table has not");
        }
        if (RowDigest.of(envelope.after()) != digests[(int) id]) {
            throw new DemoFailure("offset " + message.offset() + " of topic " + topic + " is not the row with id " + id
                    + " as it is in the table");
        }
        return (int) id;
    }
}
