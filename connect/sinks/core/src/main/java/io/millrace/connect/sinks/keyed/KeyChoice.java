package io.millrace.connect.sinks.keyed;

import java.util.List;

/**
 * Where the key of a row is taken from.
 *
 * @param columns those of the key; empty for all that the holder has
 */
public record KeyChoice(Holder holder, List<String> columns) {
    public KeyChoice {
        columns = List.copyOf(columns);
    }

    /** What has the columns of the key. */
    public enum Holder {
        /** The key of the record. */
        RECORD_KEY,
        /** The row itself. */
        RECORD_VALUE,
        /** Nothing: rows have no key. */
        NONE
    }

    /** Reads how settings say it: {@code record_key}, {@code record_value} or {@code none}. */
    public static KeyChoice of(String mode, List<String> columns) {
        return new KeyChoice(
                switch (mode) {
                    case "record_key" -> Holder.RECORD_KEY;
                    case "record_value" -> Holder.RECORD_VALUE;
                    default -> Holder.NONE;
                },
                columns);
    }
}
