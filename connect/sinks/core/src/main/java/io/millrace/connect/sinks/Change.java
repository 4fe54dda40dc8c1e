package io.millrace.connect.sinks;

import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * One change of one table, flattened: what a record in a topic asks a destination to do.
 *
 * @param record as it left the transforms; its topic is the name of the table
 */
public record Change(Kind kind, SinkRecord record) {
    /** Column that is {@code "true"} in the last state of a row that was deleted. */
    public static final String DELETED = "__deleted";

    /** Header of a record that stands for an operation on a whole table: {@code t} for a truncation. */
    public static final String OPERATION = "millrace.operation";

    private static final String TRUNCATION = "t";

    /** What is asked. */
    public enum Kind {
        /** The row is now so. */
        UPSERT,
        /** The row of this key is gone; its last state may be there. */
        DELETE,
        /** All rows are gone. */
        TRUNCATE
    }

    /** Returns what a record asks for; nothing when it has neither key nor value. */
    static Optional<Change> of(SinkRecord record) {
        if (record.value() != null) {
            return Optional.of(new Change(isDeleted(record.value()) ? Kind.DELETE : Kind.UPSERT, record));
        }
        Header operation = record.headers().lastWithName(OPERATION);
        if (operation != null && TRUNCATION.equals(operation.value())) {
            return Optional.of(new Change(Kind.TRUNCATE, record));
        }
        return record.key() == null ? Optional.empty() : Optional.of(new Change(Kind.DELETE, record));
    }

    private static boolean isDeleted(Object value) {
        if (!(value instanceof Struct row)) {
            return false;
        }
        Field field = row.schema().field(DELETED);
        return field != null && "true".equals(row.get(field));
    }

    /** Returns the table, as the transforms named it. */
    public String table() {
        return record.topic();
    }

    /** Returns the partition that the record was read from, whatever the transforms made of its topic. */
    public TopicPartition partition() {
        return new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
    }

    /** Returns the position of the record in {@link #partition()}. */
    public long offset() {
        return record.originalKafkaOffset();
    }

    /** Returns what tells the change from all others. */
    public Position position() {
        return new Position(partition(), offset());
    }

    /** Returns the key of the row; nothing for a table without a key, and for a truncation. */
    public Optional<Struct> key() {
        return record.key() instanceof Struct key ? Optional.of(key) : Optional.empty();
    }

    /**
     * Returns the row: after an upsert as it is, for a delete as it was, as far as the source tells. A column that is
     * missing in its schema was not told and keeps its value. Nothing for a tombstone and a truncation.
     *
     * @throws RefusedException when the value has no schema
     */
    public Optional<Struct> row() throws RefusedException {
        if (record.value() == null) {
            return Optional.empty();
        }
        if (record.value() instanceof Struct row) {
            return Optional.of(row);
        }
        throw new RefusedException(
                this,
                "The record has no schema, and no header names one; take a snapshot of its table anew if an earlier release"
                        + " wrote it, or write the topic as Avro or as JSON with schemas");
    }

    /** Returns whether this only marks the end of a key in the topic: the delete itself came before, with the row. */
    public boolean isTombstone() {
        return kind == Kind.DELETE && record.value() == null;
    }
}
