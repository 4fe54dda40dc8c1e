package io.millrace.connect.snapshot;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What a read saw at one moment, kept.
 *
 * @param number tells it from all others
 * @param lost whether nothing can be read in it any more
 */
record SimulatedView(
        Map<String, SortedMap<Integer, SimulatedRow>> rows,
        Set<Long> hidden,
        long newest,
        Mark mark,
        long number,
        AtomicBoolean lost)
        implements SharedView {
    @Override
    public boolean sees(long transaction) {
        return transaction <= newest && !hidden.contains(transaction);
    }

    @Override
    public void close() {}
}
