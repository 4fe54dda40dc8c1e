package io.millrace.topic;

import io.millrace.topic.MessageService.Message;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * A page out of what was read of partitions: those of one partition in the order of their offsets, and several of these
 * merged by time. What did not fit on the page is read again for the next one, so the page also says how far each partition
 * is done.
 *
 * @param shown in the order of reading
 * @param next by partition, what reading on begins behind
 * @param before by partition, what reading the other way begins behind
 */
record PageMerge(List<Message> shown, Map<Integer, Long> next, Map<Integer, Long> before, boolean more) {
    /** What was read of a partition, out of a range. */
    record Part(int partition, OffsetRange range, TopicReader.Read read) {}

    /** A partition, and how many of its messages are on the page. */
    private static final class Cursor {
        private final Part part;
        private int taken;

        Cursor(Part part) {
            this.part = part;
        }

        boolean isDone() {
            return taken == part.read().messages().size();
        }

        Message head() {
            return part.read().messages().get(taken);
        }
    }

    static PageMerge of(List<Part> parts, int size, boolean backward) {
        Comparator<Cursor> time = Comparator.comparing(
                        (Cursor cursor) -> cursor.head().timestamp())
                .thenComparing(cursor -> cursor.part.partition());
        PriorityQueue<Cursor> heads = new PriorityQueue<>(backward ? time.reversed() : time);
        List<Cursor> all = parts.stream().map(Cursor::new).toList();
        all.stream().filter(cursor -> !cursor.isDone()).forEach(heads::add);
        List<Message> shown = new ArrayList<>();
        while (shown.size() < size && !heads.isEmpty()) {
            Cursor cursor = heads.remove();
            shown.add(cursor.head());
            cursor.taken++;
            if (!cursor.isDone()) {
                heads.add(cursor);
            }
        }
        Map<Integer, Long> next = new TreeMap<>();
        Map<Integer, Long> before = new HashMap<>();
        for (Cursor cursor : all) {
            put(next, cursor.part, next(cursor, backward));
            put(before, cursor.part, before(cursor, backward));
        }
        boolean more = all.stream()
                .anyMatch(cursor -> !cursor.isDone() || cursor.part.read().more());
        return new PageMerge(shown, next, before, more);
    }

    private static long next(Cursor cursor, boolean backward) {
        OffsetRange range = cursor.part.range();
        if (cursor.isDone()) {
            return cursor.part.read().seen().orElse(backward ? range.to() : range.from() - 1);
        }
        return cursor.taken > 0
                ? cursor.part.read().messages().get(cursor.taken - 1).offset()
                : backward ? range.to() : range.from() - 1;
    }

    private static long before(Cursor cursor, boolean backward) {
        OffsetRange range = cursor.part.range();
        return cursor.taken > 0
                ? cursor.part.read().messages().get(0).offset()
                : backward ? range.to() - 1 : range.from();
    }

    /** Before the first offset there is nothing to be behind. */
    private static void put(Map<Integer, Long> offsets, Part part, long offset) {
        if (offset >= 0) {
            offsets.put(part.partition(), offset);
        }
    }
}
