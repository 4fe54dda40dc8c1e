package io.millrace.connector;

import io.millrace.engine.ConsumerGroups;
import io.millrace.engine.PartitionId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Groups that nobody is in, of topics that hold nothing.
 *
 * @param offsets what they committed
 */
record MemoryGroups(Map<String, Map<PartitionId, Long>> offsets) implements ConsumerGroups {
    @Override
    public Set<String> ids() {
        return Set.copyOf(offsets.keySet());
    }

    @Override
    public Map<String, GroupDescription> describe(Collection<String> ids) {
        return Map.of();
    }

    @Override
    public Map<String, Map<PartitionId, Long>> committed(Collection<String> ids) {
        Map<String, Map<PartitionId, Long>> found = new HashMap<>(offsets);
        found.keySet().retainAll(ids);
        return found;
    }

    @Override
    public Map<PartitionId, OffsetSpan> spans(Collection<String> topics) {
        return Map.of();
    }

    @Override
    public Map<PartitionId, Long> since(Collection<String> topics, Instant time) {
        return Map.of();
    }

    @Override
    public void alter(String id, Map<PartitionId, Long> wanted) {
        offsets.put(id, Map.copyOf(wanted));
    }
}
