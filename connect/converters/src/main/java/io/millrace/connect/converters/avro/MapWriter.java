package io.millrace.connect.converters.avro;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.io.Encoder;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Writes a map with string keys, ordered by key so that equal maps have equal bytes. */
record MapWriter(ValueWriter element) implements ValueWriter {
    @Override
    public void write(@Nullable Object value, Encoder out) throws IOException {
        if (!(value instanceof Map<?, ?> map)) {
            throw new DataException("null or no map where the schema requires a map");
        }
        out.writeMapStart();
        out.setItemCount(map.size());
        for (Map.Entry<?, ?> entry : ordered(map).entrySet()) {
            out.startItem();
            out.writeString((String) entry.getKey());
            element.write(entry.getValue(), out);
        }
        out.writeMapEnd();
    }

    private static Map<?, ?> ordered(Map<?, ?> map) {
        if (map.size() < 2) {
            return map;
        }
        if (map.containsKey(null)) {
            throw new DataException("null is a key of a map whose keys are required strings");
        }
        return new TreeMap<>(map);
    }
}
