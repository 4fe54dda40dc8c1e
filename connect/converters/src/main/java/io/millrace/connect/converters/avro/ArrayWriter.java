package io.millrace.connect.converters.avro;

import java.io.IOException;
import java.util.List;
import org.apache.avro.io.Encoder;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Writes a list as one Avro array block. */
record ArrayWriter(ValueWriter element) implements ValueWriter {
    @Override
    public void write(@Nullable Object value, Encoder out) throws IOException {
        if (!(value instanceof List<?> list)) {
            throw new DataException("null or no list where the schema requires an array");
        }
        out.writeArrayStart();
        out.setItemCount(list.size());
        for (Object item : list) {
            out.startItem();
            element.write(item, out);
        }
        out.writeArrayEnd();
    }
}
