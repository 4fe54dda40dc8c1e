package io.millrace.connect.transforms;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** About how many bytes a record takes: texts and bytes as they are, eight for anything else. */
final class RecordSize {
    private static final int SCALAR = 8;

    private RecordSize() {}

    static long of(ConnectRecord<?> record) {
        return of(record.key()) + of(record.value());
    }

    private static long of(@Nullable Object value) {
        if (value == null) {
            return 0;
        }
        if (value instanceof Struct struct) {
            long bytes = 0;
            for (Field field : struct.schema().fields()) {
                bytes += of(struct.getWithoutDefault(field.name()));
            }
            return bytes;
        }
        if (value instanceof String text) {
            return Utf8.length(text);
        }
        if (value instanceof byte[] bytes) {
            return bytes.length;
        }
        if (value instanceof ByteBuffer buffer) {
            return buffer.remaining();
        }
        if (value instanceof List<?> list) {
            return list.stream().mapToLong(RecordSize::of).sum();
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .mapToLong(entry -> of(entry.getKey()) + of(entry.getValue()))
                    .sum();
        }
        return value instanceof BigDecimal number ? number.unscaledValue().bitLength() / 8 + 1 : SCALAR;
    }
}
