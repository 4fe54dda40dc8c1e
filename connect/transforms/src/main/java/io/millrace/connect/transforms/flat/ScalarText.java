package io.millrace.connect.transforms.flat;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.kafka.connect.data.Schema;

/** Single values as text. */
final class ScalarText {
    private ScalarText() {}

    /** Returns numbers without an exponent, times in the form of ISO 8601, bytes in Base64, all else as it is. */
    static String of(Schema type, Object value) {
        if (value instanceof byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
        if (value instanceof ByteBuffer buffer) {
            return StandardCharsets.ISO_8859_1
                    .decode(Base64.getEncoder().encode(buffer.duplicate()))
                    .toString();
        }
        if (value instanceof String text) {
            return text;
        }
        return TimeText.of(type, value)
                .or(() -> NumberReader.of(type)
                        .filter(read -> type.type() != Schema.Type.BOOLEAN)
                        .flatMap(read -> read.apply(value))
                        .map(BigDecimal::toPlainString))
                .orElseGet(value::toString);
    }
}
