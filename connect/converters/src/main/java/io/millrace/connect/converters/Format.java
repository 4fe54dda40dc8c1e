package io.millrace.connect.converters;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.jspecify.annotations.Nullable;

/** One way to write records that are there; nulls and encoded records never come here. */
sealed interface Format permits AvroFormat, JsonFormat {
    byte[] write(String topic, @Nullable Schema schema, Object value);

    SchemaAndValue read(String topic, byte[] bytes);
}
