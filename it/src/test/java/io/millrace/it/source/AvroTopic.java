package io.millrace.it.source;

import io.millrace.it.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;

/** Reads a topic as a consumer does that knows Avro and the registry and nothing of the platform. */
final class AvroTopic {
    private static final int HEAD = 5;

    private final RunningPlatform platform;
    private final String name;
    private final Map<Integer, Schema> schemas = new HashMap<>();

    AvroTopic(RunningPlatform platform, String name) {
        this.platform = platform;
        this.name = name;
    }

    /** A record; one without a value is a tombstone, and one without a key is of a table without. */
    record Entry(Optional<GenericRecord> key, Optional<GenericRecord> value) {
        /** Returns the operation, or "tombstone". */
        String operation() {
            return value.map(envelope -> envelope.get("op").toString()).orElse("tombstone");
        }

        /** Returns the row after the change or, of a delete, before it. */
        GenericRecord row() {
            return (GenericRecord) Stream.of("after", "before")
                    .map(value.orElseThrow()::get)
                    .filter(GenericRecord.class::isInstance)
                    .findFirst()
                    .orElseThrow();
        }
    }

    List<Entry> read() {
        return Topic.read(platform.kafka(), name).stream()
                .map(found -> new Entry(
                        Optional.ofNullable(found.key()).map(this::decode),
                        Optional.ofNullable(found.value()).map(this::decode)))
                .toList();
    }

    private GenericRecord decode(byte[] bytes) {
        Schema schema =
                schemas.computeIfAbsent(ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt(), this::schema);
        try {
            return new GenericDatumReader<GenericRecord>(schema)
                    .read(null, DecoderFactory.get().binaryDecoder(bytes, HEAD, bytes.length - HEAD, null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Schema schema(int id) {
        return new Schema.Parser()
                .parse(platform.send("GET", "/schema-registry/confluent/schemas/ids/" + id)
                        .get("schema")
                        .textValue());
    }
}
