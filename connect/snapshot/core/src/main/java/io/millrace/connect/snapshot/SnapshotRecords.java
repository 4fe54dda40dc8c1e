package io.millrace.connect.snapshot;

import io.millrace.control.ControlJson;
import io.millrace.control.ControlTopics;
import io.millrace.control.TopicProgress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.source.SourceRecord;

/** Builds the engine's own records, in the form that the converters leave alone. */
final class SnapshotRecords {
    private static final Schema ENCODED =
            SchemaBuilder.bytes().name(ControlTopics.ENCODED_SCHEMA).build();

    private SnapshotRecords() {}

    /** Returns the source partition of a table's position, apart from those of the stream. */
    static Map<String, String> partition(String topic) {
        return Map.of("millrace.snapshot", topic);
    }

    /** Returns a progress record, which moves the position. */
    static SourceRecord progress(TopicProgress progress, Map<String, Object> offset) {
        return new SourceRecord(
                partition(progress.topic()),
                offset,
                ControlTopics.PROGRESS,
                0,
                ENCODED,
                progress.key().getBytes(StandardCharsets.UTF_8),
                ENCODED,
                ControlJson.write(progress));
    }
}
