package io.millrace.connect.snapshot.binlog;

import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A place in the binary log of one server as a number that grows along the log: the number in the file's name, then the
 * position in the file.
 *
 * @param file name of the file, which ends in its number
 * @param position bytes from the start of the file
 */
public record Place(String file, long position) {
    private static final int POSITION_BITS = 32;

    /** Events count in 32 bits; behind that a file has one place only. */
    private static final long LAST_POSITION = (1L << POSITION_BITS) - 1;

    public Place {
        if (!file.matches(".*\\.\\d{1,10}") || position < 0) {
            throw new IllegalArgumentException("No place in a binary log: '" + file + "', " + position);
        }
    }

    /** Returns the number. */
    public long number() {
        long fileNumber = Long.parseLong(file.substring(file.lastIndexOf('.') + 1));
        return (fileNumber << POSITION_BITS) | Math.min(position, LAST_POSITION);
    }

    /**
     * Returns the place that an offset of Debezium names: the end of the last event where no transaction is open, else
     * the begin of the transaction. Everything before it was handed on before the record.
     */
    public static OptionalLong ofOffset(@Nullable Map<String, ?> offset) {
        return offset != null
                        && offset.get("file") instanceof String file
                        && offset.get("pos") instanceof Number position
                        && !file.isEmpty()
                ? OptionalLong.of(new Place(file, position.longValue()).number())
                : OptionalLong.empty();
    }
}
