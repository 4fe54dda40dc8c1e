package io.millrace.connect.transforms;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.connect.data.Field;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The most bytes that a text or a piece of bytes may have, and what becomes of a larger one.
 *
 * @param suffix what follows a text that was cut; counts toward the limit
 */
record SizeLimit(int bytes, Behavior behavior, String suffix) {
    private static final Logger LOG = LoggerFactory.getLogger(SizeLimit.class);

    SizeLimit {
        if (!Utf8.fits(suffix, bytes)) {
            throw new IllegalArgumentException("a suffix longer than the limit of " + bytes + " bytes");
        }
    }

    /** What becomes of a value that is too large. */
    enum Behavior {
        TRUNCATE,
        NULLIFY
    }

    /** Returns the value as it may be: the same object when it is small enough. */
    @Nullable
    Object apply(Field field, @Nullable Object value) {
        if (isWithin(value)) {
            return value;
        }
        if (behavior == Behavior.NULLIFY) {
            if (field.schema().isOptional()) {
                return null;
            }
            LOG.warn(
                    "Column '{}' has a value of more than {} bytes, which stays: the column cannot be null",
                    field.name(),
                    bytes);
            return value;
        }
        return cut(value);
    }

    private boolean isWithin(@Nullable Object value) {
        if (value instanceof String text) {
            return Utf8.fits(text, bytes);
        }
        if (value instanceof byte[] array) {
            return array.length <= bytes;
        }
        return !(value instanceof ByteBuffer buffer) || buffer.remaining() <= bytes;
    }

    private @Nullable Object cut(@Nullable Object value) {
        if (value instanceof String text) {
            return Utf8.cut(text, bytes - (int) Utf8.length(suffix)) + suffix;
        }
        if (value instanceof byte[] array) {
            return Arrays.copyOf(array, bytes);
        }
        return value instanceof ByteBuffer buffer ? buffer.slice(buffer.position(), bytes) : value;
    }
}
