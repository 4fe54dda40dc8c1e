package io.millrace.connect.snapshot.mariadb;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/**
 * What a worker is to a task.
 *
 * @param offsets that were committed, by source partition
 */
record TaskContext(Map<String, String> configs, Map<Map<String, ?>, Map<String, Object>> offsets)
        implements SourceTaskContext {
    @Override
    public PluginMetrics pluginMetrics() {
        throw new IllegalStateException("not asked for");
    }

    @Override
    public OffsetStorageReader offsetStorageReader() {
        return new OffsetStorageReader() {
            @Override
            public <T> Map<String, Object> offset(Map<String, T> partition) {
                return offsets.get(partition);
            }

            @Override
            public <T> Map<Map<String, T>, Map<String, Object>> offsets(Collection<Map<String, T>> partitions) {
                Map<Map<String, T>, Map<String, Object>> found = new HashMap<>();
                partitions.forEach(partition -> found.put(partition, offsets.get(partition)));
                return found;
            }
        };
    }
}
