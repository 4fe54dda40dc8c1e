package io.millrace.connect.snapshot;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/** What a read saw at one moment, kept. */
record SimulatedView(Map<String, SortedMap<Integer, SimulatedRow>> rows, Set<Long> hidden, long newest, Mark mark)
        implements SharedView {
    @Override
    public boolean sees(long transaction) {
        return transaction <= newest && !hidden.contains(transaction);
    }

    @Override
    public void close() {}
}
