package io.millrace.connect.converters;

import io.millrace.connect.converters.avro.AvroDecoder;
import io.millrace.connect.converters.avro.AvroEncoder;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Avro in the wire format; the subject of a topic's keys is {@code <topic>-key}, that of its values {@code -value}. */
record AvroFormat(AvroEncoder encoder, AvroDecoder decoder, boolean isKey) implements Format {
    @Override
    public byte[] write(String topic, @Nullable Schema schema, Object value) {
        if (schema == null) {
            throw new DataException("A record of topic " + topic
                    + " has no schema and cannot be written as Avro; set the converter's format to json");
        }
        return encoder.encode(topic + (isKey ? "-key" : "-value"), schema, value);
    }

    @Override
    public SchemaAndValue read(String topic, byte[] bytes) {
        return decoder.decode(bytes);
    }
}
