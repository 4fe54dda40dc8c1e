package io.millrace.connect.sinks;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;

/**
 * Counts changes of one topic by their delay, in classes whose bounds grow by the fourth root of two: a value is known within
 * 19 percent from a millisecond to a month. One thread counts, others may read.
 */
final class TopicDelays implements TopicDelaysMBean {
    private static final int CLASSES_PER_DOUBLING = 4;
    private static final int CLASSES = 128;

    private final AtomicLongArray counts = new AtomicLongArray(CLASSES);

    /** Counts changes with the same delay; one below a millisecond, as clocks that differ may give it, counts as one. */
    void count(long millis, long changes) {
        counts.addAndGet(ofDelay(millis), changes);
    }

    @Override
    public long[] getUpperMillis() {
        return used().mapToLong(TopicDelays::upperMillis).toArray();
    }

    @Override
    public long[] getCounts() {
        return used().mapToLong(counts::get).toArray();
    }

    private IntStream used() {
        return IntStream.range(0, CLASSES).filter(number -> counts.get(number) > 0);
    }

    private static int ofDelay(long millis) {
        if (millis <= 1) {
            return 0;
        }
        double doublings = Math.log((double) millis) / Math.log(2);
        return Math.min(CLASSES - 1, (int) Math.ceil(doublings * CLASSES_PER_DOUBLING));
    }

    private static long upperMillis(int number) {
        return Math.round(Math.pow(2, (double) number / CLASSES_PER_DOUBLING));
    }
}
