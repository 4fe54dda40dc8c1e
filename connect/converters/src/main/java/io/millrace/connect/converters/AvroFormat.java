package io.millrace.connect.converters;

import io.millrace.connect.converters.row.RowWriter;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Avro in the wire format. */
record AvroFormat(NamedSchemas schemas) implements Format, RowFormat {
    @Override
    public byte[] write(String topic, @Nullable Schema schema, Object value) {
        if (schema == null) {
            throw new DataException("A record of topic " + topic
                    + " has no schema and cannot be written as Avro; set the converter's format to json");
        }
        return schemas.encoder().encode(schemas.subject(topic), schema, value);
    }

    @Override
    public SchemaAndValue read(String topic, byte[] bytes, OptionalInt named) {
        return schemas.decoder().decode(bytes);
    }

    /** The bytes name it themselves. */
    @Override
    public OptionalInt named(String topic, @Nullable Schema schema) {
        return OptionalInt.empty();
    }

    @Override
    public Optional<RowFormat> rows() {
        return Optional.of(this);
    }

    @Override
    public RowWriter plain(String topic, Schema schema) {
        return schemas.encoder().writer(schemas.subject(topic), schema).rows();
    }

    @Override
    public RowWriter framed(String topic, Struct frame, String member) {
        return schemas.encoder().writer(schemas.subject(topic), frame.schema()).rows(frame, member);
    }
}
