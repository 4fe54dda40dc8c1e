package io.millrace.snapshot;

import io.millrace.control.ControlJson;
import io.millrace.control.ControlTopics;
import io.millrace.control.DesiredRun;
import io.millrace.control.DesiredSnapshot;
import io.millrace.control.DesiredTopic;
import io.millrace.control.Intent;
import io.millrace.control.MarkerKind;
import io.millrace.control.TopicProgress;
import io.millrace.control.TopicState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The other side of the control topics: reads what should run, and reports in transactions. An obedient one does as it is
 * told at once; rows are delivered when the test says so.
 */
final class TestTask implements AutoCloseable {
    private final Map<String, DesiredSnapshot> desired = new ConcurrentHashMap<>();
    private final Map<String, TopicState> states = new ConcurrentHashMap<>();
    private final Map<String, Long> rows = new ConcurrentHashMap<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<String, Object> client;
    private volatile boolean obedient = true;
    private volatile boolean closed;

    TestTask(Map<String, Object> client) {
        this.client = client;
        Map<String, Object> config = new HashMap<>(client);
        config.put("transactional.id", "task-" + UUID.randomUUID());
        producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        thread.execute(this::follow);
    }

    void obedient(boolean does) {
        obedient = does;
    }

    Optional<DesiredSnapshot> desired(String source) {
        return Optional.ofNullable(desired.get(source));
    }

    /** Reports a state of a topic, with rows in all. */
    synchronized void report(String source, String topic, TopicState state, long delivered) {
        DesiredSnapshot wish = desired.get(source);
        String run = wish.run().orElseThrow().runId();
        rows.put(run + topic, delivered);
        states.put(run + topic, state);
        send(new TopicProgress(
                source,
                run,
                topic,
                state,
                wish.revision(),
                delivered,
                delivered * 100,
                List.of("id"),
                delivered == 0 ? Optional.empty() : Optional.of(Runs.key(delivered)),
                state == TopicState.PENDING ? Optional.empty() : Optional.of(Runs.key(5000)),
                state == TopicState.PENDING ? Optional.empty() : Optional.of(MarkerKind.LOG_MESSAGE),
                500,
                state == TopicState.PENDING ? Optional.empty() : Optional.of(Instant.now()),
                Optional.empty(),
                state == TopicState.FAILED ? Optional.of("The table is gone") : Optional.empty(),
                Instant.now()));
    }

    private void send(TopicProgress progress) {
        producer.beginTransaction();
        Future<RecordMetadata> sent = producer.send(new ProducerRecord<>(
                ControlTopics.PROGRESS, progress.key().getBytes(StandardCharsets.UTF_8), ControlJson.write(progress)));
        producer.commitTransaction();
        if (!sent.isDone()) {
            throw new IllegalStateException("a committed record is a sent one");
        }
    }

    private void follow() {
        Map<String, Object> config = new HashMap<>(client);
        config.put("isolation.level", "read_committed");
        TopicPartition partition = new TopicPartition(ControlTopics.DESIRED, 0);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (!closed) {
                consumer.poll(Duration.ofMillis(50)).forEach(entry -> {
                    DesiredSnapshot wish = ControlJson.read(entry.value(), DesiredSnapshot.class);
                    desired.put(wish.sourceId(), wish);
                });
                if (obedient) {
                    desired.values().forEach(wish -> wish.run().ifPresent(run -> obey(wish.sourceId(), run)));
                }
            }
        }
    }

    private synchronized void obey(String source, DesiredRun run) {
        for (DesiredTopic topic : run.topics()) {
            String key = run.runId() + topic.topic();
            TopicState state = states.getOrDefault(key, TopicState.PENDING);
            TopicState wanted = wanted(run.intentOf(topic));
            if (!state.isFinal() && state != wanted) {
                report(source, topic.topic(), wanted, rows.getOrDefault(key, 0L));
            }
        }
    }

    private static TopicState wanted(Intent intent) {
        return switch (intent) {
            case RUN -> TopicState.RUNNING;
            case PAUSE -> TopicState.PAUSED;
            case STOP -> TopicState.CANCELLED;
        };
    }

    @Override
    public void close() {
        closed = true;
        thread.shutdown();
        producer.close(Duration.ofSeconds(1));
    }
}
