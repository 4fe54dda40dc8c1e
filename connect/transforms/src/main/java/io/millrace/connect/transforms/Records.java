package io.millrace.connect.transforms;

import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Records that differ from others in one part; headers and all else stay. A record that has that part is itself. */
public final class Records {
    private Records() {}

    /** Returns a record with another value. */
    public static <R extends ConnectRecord<R>> R withValue(R record, Struct value) {
        if (isSame(record.value(), value)) {
            return record;
        }
        return record.newRecord(
                record.topic(),
                record.kafkaPartition(),
                record.keySchema(),
                record.key(),
                value.schema(),
                value,
                record.timestamp());
    }

    /** Returns a record with another key. */
    public static <R extends ConnectRecord<R>> R withKey(R record, @Nullable Struct key, Schema schema) {
        if (isSame(record.key(), key)) {
            return record;
        }
        return record.newRecord(
                record.topic(),
                record.kafkaPartition(),
                schema,
                key,
                record.valueSchema(),
                record.value(),
                record.timestamp());
    }

    /** Returns a record of another topic. */
    public static <R extends ConnectRecord<R>> R withTopic(R record, String topic) {
        return record.newRecord(
                topic,
                record.kafkaPartition(),
                record.keySchema(),
                record.key(),
                record.valueSchema(),
                record.value(),
                record.timestamp());
    }

    private static boolean isSame(@Nullable Object present, @Nullable Object wanted) {
        return present == wanted;
    }
}
