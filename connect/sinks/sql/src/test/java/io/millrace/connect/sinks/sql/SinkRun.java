package io.millrace.connect.sinks.sql;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** A task as Connect runs it, and what it sets aside. */
final class SinkRun implements AutoCloseable {
    private final SqlSinkTask task = new SqlSinkTask();
    private final List<Refused> refused = new ArrayList<>();

    /** A record that was set aside, with the reason. */
    record Refused(SinkRecord record, String reason) {}

    SinkRun(Map<String, String> settings) {
        task.initialize(new Context(settings));
        task.start(settings);
    }

    void put(Collection<SinkRecord> records) {
        task.put(records);
    }

    void put(SinkRecord... records) {
        task.put(List.of(records));
    }

    List<Refused> refused() {
        return refused;
    }

    Map<TopicPartition, OffsetAndMetadata> commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        return task.preCommit(offsets);
    }

    @Override
    public void close() {
        task.stop();
    }

    private final class Context implements SinkTaskContext {
        private final Map<String, String> settings;

        Context(Map<String, String> settings) {
            this.settings = settings;
        }

        @Override
        public Map<String, String> configs() {
            return settings;
        }

        @Override
        public void offset(Map<TopicPartition, Long> offsets) {}

        @Override
        public void offset(TopicPartition partition, long offset) {}

        @Override
        public void timeout(long millis) {}

        @Override
        public Set<TopicPartition> assignment() {
            return Set.of();
        }

        @Override
        public void pause(TopicPartition... partitions) {}

        @Override
        public void resume(TopicPartition... partitions) {}

        @Override
        public void requestCommit() {}

        @Override
        public ErrantRecordReporter errantRecordReporter() {
            return (record, error) -> {
                refused.add(new Refused(
                        record, Optional.ofNullable(error.getMessage()).orElse("")));
                return CompletableFuture.completedFuture(null);
            };
        }

        @Override
        public PluginMetrics pluginMetrics() {
            throw new UnsupportedOperationException("Nothing is measured here");
        }
    }
}
