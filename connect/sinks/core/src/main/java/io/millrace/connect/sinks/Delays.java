package io.millrace.connect.sinks;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures how long the changes of a task took, by the topics that they were read from. Of a large batch only some changes
 * are looked at, and each stands for its neighbours. Used by the thread of the task.
 */
final class Delays implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Delays.class);

    /** Column that the flattening transform adds: when the source committed the change, in milliseconds since 1970. */
    private static final String COMMITTED = "_streamkap_source_ts_ms";

    /** Changes of a batch and a partition that are looked at. */
    private static final int LOOKS = 16;

    private static final int MOST_TASKS = 1_000;

    private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    private final Map<String, Shown> topics = new HashMap<>();
    private final Map<TopicPartition, Deque<Batch>> pending = new HashMap<>();
    private final String connector;
    private final Clock clock;

    /** Measures for a connector, by its name in Connect. */
    Delays(String connector, Clock clock) {
        this.connector = connector;
        this.clock = clock;
    }

    private record Shown(TopicDelays delays, Optional<ObjectName> name) {}

    /** Changes of one partition that become durable together, each with the number of changes that it stands for. */
    private record Batch(long lastOffset, List<Look> looks) {}

    private record Look(long committedAt, long changes) {}

    /** Notes changes that were handed over, and counts them if they are durable by that. */
    void handedOver(List<Change> changes, boolean durable) {
        Map<TopicPartition, List<Change>> byPartition = new HashMap<>();
        changes.forEach(change -> byPartition
                .computeIfAbsent(change.partition(), partition -> new ArrayList<>())
                .add(change));
        byPartition.forEach((partition, some) -> {
            Batch batch = batch(some);
            if (durable) {
                count(partition.topic(), batch);
            } else {
                pending.computeIfAbsent(partition, key -> new ArrayDeque<>()).add(batch);
            }
        });
    }

    /** Counts what became durable: all changes before these positions. */
    void durable(Map<TopicPartition, OffsetAndMetadata> positions) {
        positions.forEach((partition, position) -> {
            Deque<Batch> batches = pending.getOrDefault(partition, new ArrayDeque<>());
            while (!batches.isEmpty() && batches.peek().lastOffset() < position.offset()) {
                count(partition.topic(), batches.remove());
            }
        });
    }

    /** Forgets what is not durable of a partition; it will be handed over again, here or elsewhere. */
    void release(TopicPartition partition) {
        pending.remove(partition);
    }

    private static Batch batch(List<Change> changes) {
        List<Look> looks = new ArrayList<>(LOOKS);
        int looked = Math.min(LOOKS, changes.size());
        for (int i = 0; i < looked; i++) {
            int from = (int) ((long) changes.size() * i / looked);
            int to = (int) ((long) changes.size() * (i + 1) / looked);
            committedAt(changes.get(from)).ifPresent(at -> looks.add(new Look(at, to - from)));
        }
        return new Batch(changes.get(changes.size() - 1).offset(), looks);
    }

    private static Optional<Long> committedAt(Change change) {
        if (change.record().value() instanceof Struct row) {
            Field field = row.schema().field(COMMITTED);
            if (field != null && row.get(field) instanceof Long millis) {
                return Optional.of(millis);
            }
        }
        return Optional.empty();
    }

    private void count(String topic, Batch batch) {
        if (batch.looks().isEmpty()) {
            return;
        }
        TopicDelays delays = topics.computeIfAbsent(topic, this::show).delays();
        long now = clock.millis();
        batch.looks().forEach(look -> delays.count(now - look.committedAt(), look.changes()));
    }

    /** A figure that cannot be shown stops nothing. */
    private Shown show(String topic) {
        TopicDelays delays = new TopicDelays();
        try {
            return new Shown(delays, Optional.of(register(topic, delays)));
        } catch (JMException e) {
            LOG.warn("The delays of topic {} cannot be shown", topic, e);
            return new Shown(delays, Optional.empty());
        }
    }

    /** The tasks of a connector are not told their numbers; each takes the first that is free. */
    private ObjectName register(String topic, TopicDelays delays) throws JMException {
        for (int task = 0; task < MOST_TASKS; task++) {
            ObjectName name = new ObjectName(
                    "io.millrace:type=delays,connector=" + connector + ",task=" + task + ",topic=" + topic);
            try {
                return beans.registerMBean(delays, name).getObjectName();
            } catch (InstanceAlreadyExistsException e) {
                LOG.debug("{} is taken", name, e);
            }
        }
        throw new InstanceAlreadyExistsException(connector + " has more than " + MOST_TASKS + " tasks");
    }

    @Override
    public void close() {
        topics.values().forEach(shown -> shown.name().ifPresent(this::withdraw));
        topics.clear();
    }

    private void withdraw(ObjectName name) {
        try {
            beans.unregisterMBean(name);
        } catch (JMException e) {
            LOG.debug("{} was not shown any more", name, e);
        }
    }
}
