package io.millrace.system;

import io.millrace.http.AnswerListener;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts answers by status. */
public final class AnswerCounts implements AnswerListener {
    private final Map<Integer, LongAdder> counts = new ConcurrentHashMap<>();

    @Override
    public void answered(int status) {
        counts.computeIfAbsent(status, ignored -> new LongAdder()).increment();
    }

    SortedMap<Integer, Long> byStatus() {
        SortedMap<Integer, Long> sums = new TreeMap<>();
        counts.forEach((status, count) -> sums.put(status, count.sum()));
        return sums;
    }
}
