package io.millrace.bench.snapshot;

import java.math.BigInteger;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@link BenchTable} as one number, computed from its values after decoding: the same for the row in the table and
 * the row in a record if, and but for one chance in 2^64 only if, all twelve values are the same.
 */
final class RowDigest {
    static final List<String> COLUMNS = List.of(
            "id",
            "shop",
            "quantity",
            "price",
            "rate",
            "paid",
            "ordered",
            "shipped",
            "due",
            "reference",
            "customer",
            "note");

    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private RowDigest() {}

    /** Returns the digest of a row whose values a function gives by column; times with zone as ISO text. */
    static long of(Function<String, @Nullable Object> row) {
        long digest = OFFSET;
        for (String column : COLUMNS) {
            String text = text(column, row.apply(column));
            for (int i = 0; i < text.length(); i++) {
                digest = (digest ^ text.charAt(i)) * PRIME;
            }
            digest = (digest ^ '\u0001') * PRIME;
        }
        return digest;
    }

    private static String text(String column, @Nullable Object value) {
        if (value == null) {
            return "\u0000";
        }
        return switch (column) {
            case "id", "shop", "quantity", "shipped", "due" -> Long.toString(((Number) value).longValue());
            case "price" -> ((BigInteger) value).toString();
            case "rate" -> Double.toString(((Number) value).doubleValue());
            case "ordered" -> Long.toString(microseconds(value.toString()));
            default -> value.toString();
        };
    }

    private static long microseconds(String time) {
        return ChronoUnit.MICROS.between(OffsetDateTime.parse("1970-01-01T00:00:00Z"), OffsetDateTime.parse(time));
    }
}
