package io.millrace.metric;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Makes increments of counters that begin with 0 in each life of what they count. Not thread-safe. */
final class Counters {
    private Map<Object, Long> last = new HashMap<>();
    private final Set<Object> seen = new HashSet<>();

    /** Returns by how much a counter grew since the look before; one that is smaller than then has begun anew. */
    long increment(Object counter, long now) {
        seen.add(counter);
        Long before = last.put(counter, now);
        return before == null || now < before ? now : now - before;
    }

    /** Ends a look: forgets the counters that were not there, with the tasks that they were of. */
    void endLook() {
        Map<Object, Long> there = new HashMap<>();
        seen.forEach(counter -> there.put(counter, last.get(counter)));
        last = there;
        seen.clear();
    }
}
