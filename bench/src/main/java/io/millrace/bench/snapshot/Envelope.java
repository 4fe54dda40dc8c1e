package io.millrace.bench.snapshot;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a record says of a row.
 *
 * @param operation {@code r} for a row of a snapshot
 * @param after gives the row's values by column: numbers, texts, truth values; decimals as their unscaled value
 */
record Envelope(String operation, Function<String, @Nullable Object> after) {
    /** Returns the key of a row of {@link BenchTable} and of all other tables of the benchmarks. */
    long id() {
        Object id = after.apply("id");
        if (id instanceof Number number) {
            return number.longValue();
        }
        throw new IllegalArgumentException("a record has no id: " + id);
    }

    /** Reads values of records. */
    @FunctionalInterface
    interface Decoder {
        Envelope decode(byte[] value);
    }
}
