package io.millrace.connect.snapshot.postgresql;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One row in the text format of {@code COPY}, taken apart in place. For one thread. */
final class CopyLine {
    private static final byte TAB = '\t';
    private static final byte BACKSLASH = '\\';
    private static final int NULL = -1;

    private byte[] bytes = {};
    private int[] starts = new int[16];
    private int[] lengths = new int[16];
    private int fields;

    /** Takes a line over, with or without its end; the array is changed and must not be used elsewhere. */
    void parse(byte[] line) {
        bytes = line;
        fields = 0;
        int end = line.length > 0 && line[line.length - 1] == '\n' ? line.length - 1 : line.length;
        int at = parseField(0, end);
        while (at < end) {
            at = parseField(at + 1, end);
        }
    }

    /** Returns where the field ends, which is a tab or the line's end. */
    private int parseField(int start, int end) {
        byte[] line = bytes;
        int at = start;
        while (at < end && line[at] != TAB && line[at] != BACKSLASH) {
            at++;
        }
        if (at == end || line[at] == TAB) {
            add(start, at - start);
            return at;
        }
        // a backslash that is data comes doubled
        if (line[at + 1] == 'N') {
            add(start, NULL);
            return at + 2;
        }
        int to = at;
        while (at < end && line[at] != TAB) {
            byte next = line[at++];
            line[to++] = next == BACKSLASH ? unescaped(line[at++]) : next;
        }
        add(start, to - start);
        return at;
    }

    private static byte unescaped(byte letter) {
        return switch (letter) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 0x0B;
            default -> letter;
        };
    }

    private void add(int start, int length) {
        if (fields == starts.length) {
            starts = Arrays.copyOf(starts, 2 * fields);
            lengths = Arrays.copyOf(lengths, 2 * fields);
        }
        starts[fields] = start;
        lengths[fields] = length;
        fields++;
    }

    /** Returns how many fields there are. */
    int fields() {
        return fields;
    }

    /** Returns the bytes that the fields lie in. */
    byte[] bytes() {
        return bytes;
    }

    int start(int field) {
        return starts[field];
    }

    /** Returns the bytes of a field; negative for null. */
    int length(int field) {
        return lengths[field];
    }

    boolean isNull(int field) {
        return lengths[field] == NULL;
    }

    /** Returns the text of a field. */
    @Nullable
    String text(int field) {
        return isNull(field) ? null : new String(bytes, starts[field], lengths[field], StandardCharsets.UTF_8);
    }

    /** Returns whether a field has the same text in another line. */
    boolean equalsIn(CopyLine other, int field) {
        return isNull(field) == other.isNull(field)
                && (isNull(field)
                        || Arrays.equals(
                                bytes,
                                starts[field],
                                starts[field] + lengths[field],
                                other.bytes,
                                other.starts[field],
                                other.starts[field] + other.lengths[field]));
    }
}
