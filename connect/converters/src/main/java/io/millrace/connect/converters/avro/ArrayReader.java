package io.millrace.connect.converters.avro;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.io.Decoder;
import org.jspecify.annotations.Nullable;

/** Reads an array, in however many blocks it was written. */
record ArrayReader(ValueReader element) implements ValueReader {
    @Override
    public List<@Nullable Object> read(Decoder in) throws IOException {
        List<@Nullable Object> list = new ArrayList<>();
        for (long block = in.readArrayStart(); block > 0; block = in.arrayNext()) {
            for (long i = 0; i < block; i++) {
                list.add(element.read(in));
            }
        }
        return list;
    }
}
