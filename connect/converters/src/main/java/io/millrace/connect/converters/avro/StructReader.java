package io.millrace.connect.converters.avro;

import java.io.IOException;
import java.util.List;
import org.apache.avro.io.Decoder;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** Reads the fields of a struct in order. */
record StructReader(Schema schema, List<ValueReader> readers) implements ValueReader {
    StructReader {
        readers = List.copyOf(readers);
    }

    @Override
    public Struct read(Decoder in) throws IOException {
        Struct struct = new Struct(schema);
        List<Field> fields = schema.fields();
        for (int i = 0; i < fields.size(); i++) {
            Object value = readers.get(i).read(in);
            if (value != null) {
                struct.put(fields.get(i), value);
            }
        }
        return struct;
    }
}
