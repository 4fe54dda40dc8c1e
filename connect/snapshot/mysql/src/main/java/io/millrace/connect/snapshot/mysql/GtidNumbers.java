package io.millrace.connect.snapshot.mysql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.regex.Pattern;

/**
 * Global transaction identifiers as numbers, and sets of them.
 *
 * <p>An identifier is {@code 3E11FA47-71CA-11E1-9E33-C80AA9429562:23}, with a tag before the number perhaps. What is before
 * the number names a series; series are counted as they come, so the numbers mean something in this process only.
 * Thread-safe.
 */
final class GtidNumbers {
    /** Room for a million series, with 43 bits for the numbers of each. */
    private static final int SERIES_BITS = 20;

    private static final int NUMBER_BITS = Long.SIZE - 1 - SERIES_BITS;
    private static final Pattern INTERVAL = Pattern.compile("\\d+(-\\d+)?");

    private final Map<String, Long> series = new HashMap<>();

    /** From one number to another of a series, both included. */
    private record Interval(long first, long last) {}

    /** Returns the number of an identifier. */
    long of(String gtid) {
        int colon = gtid.lastIndexOf(':');
        return number(gtid.substring(0, colon), Long.parseLong(gtid.substring(colon + 1)));
    }

    private synchronized long number(String prefix, long transaction) {
        long itsSeries = series.computeIfAbsent(prefix.toLowerCase(Locale.ROOT), name -> (long) series.size());
        return (itsSeries << NUMBER_BITS) | transaction;
    }

    /**
     * Returns whether numbers are in a set.
     *
     * @param gtidSet as the server writes it: {@code uuid:1-5:8,uuid:tag:1-3}
     */
    LongPredicate in(String gtidSet) {
        List<Interval> intervals = new ArrayList<>();
        for (String ofServer : gtidSet.replaceAll("\\s", "").split(",", -1)) {
            String[] parts = ofServer.split(":", -1);
            String prefix = parts[0];
            for (int i = 1; i < parts.length; i++) {
                if (INTERVAL.matcher(parts[i]).matches()) {
                    String[] ends = parts[i].split("-", -1);
                    intervals.add(new Interval(
                            number(prefix, Long.parseLong(ends[0])),
                            number(prefix, Long.parseLong(ends[ends.length - 1]))));
                } else {
                    prefix = parts[0] + ":" + parts[i];
                }
            }
        }
        return transaction -> intervals.stream()
                .anyMatch(interval -> interval.first() <= transaction && transaction <= interval.last());
    }
}
