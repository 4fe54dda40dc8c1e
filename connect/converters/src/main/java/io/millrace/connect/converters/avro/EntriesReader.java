package io.millrace.connect.converters.avro;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.io.Decoder;
import org.jspecify.annotations.Nullable;

/** Reads a map that was written as an array of entries. */
record EntriesReader(ValueReader key, ValueReader element) implements ValueReader {
    @Override
    public Map<@Nullable Object, @Nullable Object> read(Decoder in) throws IOException {
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        for (long block = in.readArrayStart(); block > 0; block = in.arrayNext()) {
            for (long i = 0; i < block; i++) {
                Object mapKey = key.read(in);
                map.put(mapKey, element.read(in));
            }
        }
        return map;
    }
}
