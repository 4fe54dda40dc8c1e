package io.millrace.connect.converters.avro;

import java.io.IOException;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/** Writes the branch of a union of null and a type, then the value. */
record OptionalWriter(int nullIndex, ValueWriter required) implements ValueWriter {
    @Override
    public void write(@Nullable Object value, Encoder out) throws IOException {
        if (value == null) {
            out.writeIndex(nullIndex);
            out.writeNull();
        } else {
            out.writeIndex(valueIndex());
            required.write(value, out);
        }
    }

    int valueIndex() {
        return 1 - nullIndex;
    }
}
