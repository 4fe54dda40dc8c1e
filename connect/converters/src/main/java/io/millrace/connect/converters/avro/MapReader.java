package io.millrace.connect.converters.avro;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.io.Decoder;
import org.jspecify.annotations.Nullable;

/** Reads a map with string keys, in however many blocks it was written. */
record MapReader(ValueReader element) implements ValueReader {
    @Override
    public Map<String, @Nullable Object> read(Decoder in) throws IOException {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (long block = in.readMapStart(); block > 0; block = in.mapNext()) {
            for (long i = 0; i < block; i++) {
                String key = in.readString();
                map.put(key, element.read(in));
            }
        }
        return map;
    }
}
