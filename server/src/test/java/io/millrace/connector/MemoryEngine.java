package io.millrace.connector;

import io.millrace.engine.ConnectCluster;
import io.millrace.engine.ConnectorName;
import io.millrace.engine.ConnectorState;
import io.millrace.engine.ConnectorStatus;
import io.millrace.engine.ConsumerGroups;
import io.millrace.engine.Delays;
import io.millrace.engine.Engine;
import io.millrace.engine.KafkaCluster;
import io.millrace.engine.Measured;
import io.millrace.engine.Measurements;
import io.millrace.engine.PartitionId;
import io.millrace.engine.TaskStatus;
import io.millrace.engine.TopicAdmin;
import io.millrace.engine.TopicDescription;
import io.millrace.engine.TopicFigures;
import io.millrace.engine.TopicSpec;
import io.millrace.engine.TopicVolume;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** A data plane that does at once what it is told, and counts looks at single connectors. */
public final class MemoryEngine implements Engine, ConnectCluster, KafkaCluster {
    public final Map<ConnectorName, Map<String, String>> configs = new ConcurrentHashMap<>();
    public final Map<ConnectorName, ConnectorState> states = new ConcurrentHashMap<>();
    public final AtomicInteger singleLooks = new AtomicInteger();
    public final Set<String> deletedTopics = new ConcurrentSkipListSet<>();
    public final Set<String> missing = new ConcurrentSkipListSet<>();
    /** Figures are what a test puts in. */
    public final Map<String, TopicVolume> volumes = new ConcurrentHashMap<>();

    public final Map<String, Instant> newest = new ConcurrentHashMap<>();
    public final Map<String, Map<PartitionId, Long>> committed = new ConcurrentHashMap<>();
    public final List<Measured> measured = new CopyOnWriteArrayList<>();
    public final List<Delays> delays = new CopyOnWriteArrayList<>();

    private final Set<String> topics = new ConcurrentSkipListSet<>();
    private final Optional<KafkaCluster> cluster;

    public MemoryEngine() {
        cluster = Optional.empty();
    }

    /** Takes its topics from a cluster. */
    public MemoryEngine(KafkaCluster cluster) {
        this.cluster = Optional.of(cluster);
    }

    @Override
    public ConnectCluster connect() {
        return this;
    }

    @Override
    public KafkaCluster kafka() {
        return cluster.orElse(this);
    }

    @Override
    public Optional<String> failure() {
        return Optional.empty();
    }

    @Override
    public void close() {}

    @Override
    public void put(ConnectorName name, Map<String, String> config) {
        configs.put(name, Map.copyOf(config));
        states.putIfAbsent(name, ConnectorState.RUNNING);
    }

    @Override
    public void delete(ConnectorName name) {
        configs.remove(name);
        states.remove(name);
    }

    @Override
    public void pause(ConnectorName name) {
        states.replace(name, ConnectorState.PAUSED);
    }

    @Override
    public void stop(ConnectorName name) {
        states.replace(name, ConnectorState.STOPPED);
    }

    @Override
    public void resume(ConnectorName name) {
        states.replace(name, ConnectorState.RUNNING);
    }

    @Override
    public void restart(ConnectorName name, boolean onlyFailed) {
        states.replace(name, ConnectorState.FAILED, ConnectorState.RUNNING);
    }

    @Override
    public void resetOffsets(ConnectorName name) {}

    @Override
    public Set<ConnectorName> connectors() {
        return Set.copyOf(configs.keySet());
    }

    @Override
    public Optional<Map<String, String>> config(ConnectorName name) {
        return Optional.ofNullable(configs.get(name));
    }

    @Override
    public Optional<ConnectorStatus> status(ConnectorName name) {
        singleLooks.incrementAndGet();
        return Optional.ofNullable(statuses().get(name));
    }

    @Override
    public Map<ConnectorName, ConnectorStatus> statuses() {
        return states.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, entry -> status(entry.getKey(), entry.getValue())));
    }

    private static ConnectorStatus status(ConnectorName name, ConnectorState state) {
        Optional<String> trace = state == ConnectorState.FAILED
                ? Optional.of(
                        "org.x.ConnectException: outer\n\tat a.b\nCaused by: java.io.IOException: the disk is full\n\t... 1 more")
                : Optional.empty();
        List<TaskStatus> tasks =
                state == ConnectorState.STOPPED ? List.of() : List.of(new TaskStatus(0, state, "worker:1", trace));
        ConnectorState own = state == ConnectorState.FAILED ? ConnectorState.RUNNING : state;
        return new ConnectorStatus(name, own, "worker:1", Optional.empty(), tasks);
    }

    @Override
    public boolean hasTransformation(String type) {
        return !missing.contains(type);
    }

    @Override
    public boolean hasPlugin(String connectorClass) {
        return !missing.contains(connectorClass);
    }

    @Override
    public String bootstrapServers() {
        return "localhost:1";
    }

    @Override
    public Map<String, Object> clientProperties() {
        return Map.of("bootstrap.servers", bootstrapServers());
    }

    @Override
    public void createTopic(TopicSpec topic) {
        topics.add(topic.name());
    }

    @Override
    public void deleteTopics(Collection<String> names) {
        topics.removeAll(names);
        deletedTopics.addAll(names);
    }

    @Override
    public Optional<TopicDescription> describe(String topic) {
        return Optional.empty();
    }

    @Override
    public Collection<String> topics() {
        return List.copyOf(topics);
    }

    @Override
    public TopicAdmin admin() {
        throw new UnsupportedOperationException("topics in memory hold nothing");
    }

    @Override
    public ConsumerGroups groups() {
        return new MemoryGroups(committed);
    }

    @Override
    public TopicFigures figures() {
        return new TopicFigures() {
            @Override
            public Map<String, TopicVolume> volumes() {
                return Map.copyOf(volumes);
            }

            @Override
            public Map<String, Instant> newest(Collection<String> topics) {
                Map<String, Instant> found = new HashMap<>(newest);
                found.keySet().retainAll(topics);
                return found;
            }
        };
    }

    @Override
    public Measurements measurements() {
        return new Measurements() {
            @Override
            public List<Measured> measured() {
                return List.copyOf(measured);
            }

            @Override
            public List<Delays> delays() {
                return List.copyOf(delays);
            }
        };
    }
}
