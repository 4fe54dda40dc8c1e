package io.millrace.connect.converters;

import io.millrace.connect.converters.avro.AvroDecoder;
import io.millrace.connect.converters.avro.AvroEncoder;
import org.apache.kafka.connect.data.Schema;

/**
 * Schemas that stand beside records, under the ids that a registry gives them. The subject of a topic's keys is {@code
 * <topic>-key}, that of its values {@code -value}.
 */
record NamedSchemas(AvroEncoder encoder, AvroDecoder decoder, boolean isKey) {
    /** Returns the id of a schema; registers it if it is new. */
    int id(String topic, Schema schema) {
        return encoder.writer(subject(topic), schema).id();
    }

    /** Returns the schema of an id. */
    Schema schema(int id) {
        return decoder.schema(id);
    }

    String subject(String topic) {
        return topic + (isKey ? "-key" : "-value");
    }
}
