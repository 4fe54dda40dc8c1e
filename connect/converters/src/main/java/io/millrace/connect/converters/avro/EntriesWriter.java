package io.millrace.connect.converters.avro;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Writes a map whose keys are not plain strings as an array of entries, ordered by the bytes of the key. */
record EntriesWriter(ValueWriter key, ValueWriter element) implements ValueWriter {
    @Override
    public void write(@Nullable Object value, Encoder out) throws IOException {
        if (!(value instanceof Map<?, ?> map)) {
            throw new DataException("null or no map where the schema requires a map");
        }
        List<Keyed> entries = new ArrayList<>(map.size());
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            entries.add(new Keyed(keyBytes(entry.getKey()), entry));
        }
        entries.sort((one, other) -> Arrays.compareUnsigned(one.bytes(), other.bytes()));
        out.writeArrayStart();
        out.setItemCount(entries.size());
        for (Keyed keyed : entries) {
            out.startItem();
            key.write(keyed.entry().getKey(), out);
            element.write(keyed.entry().getValue(), out);
        }
        out.writeArrayEnd();
    }

    private byte[] keyBytes(@Nullable Object mapKey) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        key.write(mapKey, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Keyed(byte[] bytes, Map.Entry<?, ?> entry) {}
}
