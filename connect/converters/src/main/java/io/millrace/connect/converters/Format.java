package io.millrace.connect.converters;

import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.jspecify.annotations.Nullable;

/** One way to write records that are there; nulls and encoded records never come here. */
sealed interface Format permits AvroFormat, JsonFormat {
    byte[] write(String topic, @Nullable Schema schema, Object value);

    /**
     * Reads a record.
     *
     * @param named id of its schema that stands beside it
     */
    SchemaAndValue read(String topic, byte[] bytes, OptionalInt named);

    /** Returns the id of a schema that has to stand beside records of it; empty where readers need none. */
    OptionalInt named(String topic, @Nullable Schema schema);

    /** Returns the way to write the same bytes column by column; empty where a record is more than its columns. */
    Optional<RowFormat> rows();
}
