package io.millrace.connect.snapshot.postgresql;

import io.millrace.connect.snapshot.StreamEvent;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Reads from Debezium's records what they mean for the windows. Every record of the stream comes by here, so what a
 * schema says is looked up once for each schema object, of which there is one per table and change of it. Thread-safe.
 *
 * <p>A record's position is its {@code lsn_commit}: the end of the commit that Debezium took in last before it. The log
 * is decoded in the order of commits, so whatever committed up to there was handed on before. The record's own {@code
 * lsn} says nothing of the kind, for transactions overlap.
 */
final class StreamedRecords {
    /** Schema objects to remember; more than a connector has at a time. */
    private static final int MOST = 10_000;

    private final UnavailableValues unavailable;
    private final IdentityHashMap<Schema, Optional<EnvelopeFields>> known = new IdentityHashMap<>();

    /**
     * Makes a reader.
     *
     * @param placeholder what stands for a value that the log does not hold
     */
    StreamedRecords(byte[] placeholder) {
        this.unavailable = new UnavailableValues(placeholder);
    }

    StreamEvent classify(SourceRecord streamed) {
        OptionalLong position = position(streamed);
        if (!(streamed.value() instanceof Struct value)) {
            return new StreamEvent.Other(position);
        }
        Optional<EnvelopeFields> fields = fieldsOf(value.schema());
        if (fields.isEmpty()) {
            return new StreamEvent.Other(position);
        }
        EnvelopeFields envelope = fields.get();
        return switch (envelope.operation(value)) {
            case "m" -> message(value, position);
            case "c" -> change(streamed, envelope, true, true, position);
            // an update does not bring the large values that it left as they were
            case "u" -> change(streamed, envelope, false, envelope.isWhole(value, unavailable), position);
            case "d" -> change(streamed, envelope, false, true, position);
            case "t" -> new StreamEvent.Truncation(envelope.table(value), envelope.transaction(value), position);
            default -> new StreamEvent.Other(position);
        };
    }

    private synchronized Optional<EnvelopeFields> fieldsOf(Schema schema) {
        Optional<EnvelopeFields> found = known.get(schema);
        if (found == null) {
            if (known.size() >= MOST) {
                known.clear();
            }
            found = EnvelopeFields.of(schema);
            known.put(schema, found);
        }
        return found;
    }

    private static OptionalLong position(SourceRecord streamed) {
        return streamed.sourceOffset().get("lsn_commit") instanceof Long commit
                ? OptionalLong.of(commit)
                : OptionalLong.empty();
    }

    private static StreamEvent message(Struct value, OptionalLong position) {
        String prefix = value.getStruct("message").getString("prefix");
        return prefix.startsWith(PostgresSourceConnector.MARKER_PREFIX)
                ? new StreamEvent.Marker(prefix, position)
                : new StreamEvent.Other(position);
    }

    private static StreamEvent change(
            SourceRecord streamed, EnvelopeFields envelope, boolean insert, boolean whole, OptionalLong position) {
        Struct value = (Struct) streamed.value();
        Struct key = streamed.key() instanceof Struct struct ? struct : null;
        return new StreamEvent.RowChange(
                envelope.table(value), key, insert, whole, envelope.transaction(value), position);
    }
}
