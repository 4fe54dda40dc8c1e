package io.millrace.connect.snapshot;

import java.util.HashMap;
import java.util.Map;

/**
 * What the engine is told by the connector's configuration.
 *
 * @param parallelism tables that are read at a time
 * @param chunkBytes bytes that a chunk aims at, by the width of the rows seen so far
 * @param controlClient properties of the Kafka clients that read the control topics
 */
public record SnapshotSettings(String sourceId, int parallelism, int chunkBytes, Map<String, Object> controlClient) {
    /** Id of the source; required. */
    public static final String SOURCE_ID = "millrace.source.id";

    /** Tables that are read at a time; 1 unless given. */
    public static final String PARALLELISM = "millrace.snapshot.parallelism";

    /** Bytes of a chunk; 524288 unless given. */
    public static final String CHUNK_BYTES = "millrace.snapshot.chunk.bytes";

    /** Prefix of the properties of the clients of the control topics. */
    public static final String CONTROL_CLIENT = "millrace.control.client.";

    public SnapshotSettings {
        if (sourceId.isEmpty() || parallelism < 1 || chunkBytes < 1) {
            throw new IllegalArgumentException("A snapshot engine needs " + SOURCE_ID + ", and " + PARALLELISM + " and "
                    + CHUNK_BYTES + " of at least 1");
        }
        controlClient = Map.copyOf(controlClient);
    }

    /** Returns the settings that a task configuration holds. */
    public static SnapshotSettings of(Map<String, String> config) {
        Map<String, Object> client = new HashMap<>();
        config.forEach((name, value) -> {
            if (name.startsWith(CONTROL_CLIENT)) {
                client.put(name.substring(CONTROL_CLIENT.length()), value);
            }
        });
        return new SnapshotSettings(
                config.getOrDefault(SOURCE_ID, ""),
                Integer.parseInt(config.getOrDefault(PARALLELISM, "1")),
                Integer.parseInt(config.getOrDefault(CHUNK_BYTES, "524288")),
                client);
    }
}
