package io.millrace.connect.snapshot.binlog;

import io.millrace.connect.snapshot.StreamEvent;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Reads from the stream's records what they mean for the windows. What a schema says is looked up once for each schema
 * object, of which there is one per table and change of it. Thread-safe.
 *
 * <p>Every record of a change carries its whole row: Debezium refuses a server that does not log whole rows, and fails at
 * the first change of a session that does not.
 */
final class StreamedRecords {
    /** Schema objects to remember; more than a connector has at a time. */
    private static final int MOST = 10_000;

    private static final String HEARTBEAT = "io.debezium.connector.common.Heartbeat";

    private final Dialect dialect;
    private final IdentityHashMap<Schema, Optional<EnvelopeFields>> known = new IdentityHashMap<>();

    StreamedRecords(Dialect dialect) {
        this.dialect = dialect;
    }

    StreamEvent classify(SourceRecord streamed) {
        Map<String, ?> offset = streamed.sourceOffset();
        if (offset.get(PlacedStream.PLACES) instanceof Long place) {
            return new StreamEvent.Marker(PlacedStream.PLACES, OptionalLong.of(place));
        }
        OptionalLong position = Place.ofOffset(offset);
        if (!(streamed.value() instanceof Struct value)) {
            return new StreamEvent.Other(position);
        }
        if (isMisleading(value, offset)) {
            return new StreamEvent.Marker(HEARTBEAT, position);
        }
        Optional<EnvelopeFields> fields = fieldsOf(value.schema());
        if (fields.isEmpty()) {
            return new StreamEvent.Other(position);
        }
        EnvelopeFields envelope = fields.get();
        return switch (envelope.operation(value)) {
            case "c" -> change(streamed, envelope, true, position);
            case "u", "d" -> change(streamed, envelope, false, position);
            case "t" ->
                new StreamEvent.Truncation(
                        envelope.table(value), dialect.transaction(offset, envelope.source(value)), position);
            default -> new StreamEvent.Other(position);
        };
    }

    /**
     * Tells a heartbeat whose offset must not be stored. Debezium takes a statement that alters a table for a transaction
     * without an end, and counts every sign of life behind it as one more event of it that a restart is to skip: so many
     * changes would be lost then.
     */
    private static boolean isMisleading(Struct value, Map<String, ?> offset) {
        return HEARTBEAT.equals(value.schema().name()) && offset.containsKey("event");
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

    private StreamEvent change(SourceRecord streamed, EnvelopeFields envelope, boolean insert, OptionalLong position) {
        Struct value = (Struct) streamed.value();
        Struct key = streamed.key() instanceof Struct struct ? struct : null;
        return new StreamEvent.RowChange(
                envelope.table(value),
                key,
                insert,
                true,
                dialect.transaction(streamed.sourceOffset(), envelope.source(value)),
                position);
    }
}
