package io.millrace.connect.converters;

import io.millrace.connect.converters.avro.AvroDecoder;
import io.millrace.connect.converters.avro.AvroEncoder;
import io.millrace.connect.converters.row.RowWriter;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Avro in the wire format; the subject of a topic's keys is {@code <topic>-key}, that of its values {@code -value}. */
record AvroFormat(AvroEncoder encoder, AvroDecoder decoder, boolean isKey) implements Format, RowFormat {
    @Override
    public byte[] write(String topic, @Nullable Schema schema, Object value) {
        if (schema == null) {
            throw new DataException("A record of topic " + topic
                    + " has no schema and cannot be written as Avro; set the converter's format to json");
        }
        return encoder.encode(subject(topic), schema, value);
    }

    @Override
    public SchemaAndValue read(String topic, byte[] bytes) {
        return decoder.decode(bytes);
    }

    @Override
    public Optional<RowFormat> rows() {
        return Optional.of(this);
    }

    @Override
    public RowWriter plain(String topic, Schema schema) {
        return encoder.writer(subject(topic), schema).rows();
    }

    @Override
    public RowWriter framed(String topic, Struct frame, String member) {
        return encoder.writer(subject(topic), frame.schema()).rows(frame, member);
    }

    private String subject(String topic) {
        return topic + (isKey ? "-key" : "-value");
    }
}
