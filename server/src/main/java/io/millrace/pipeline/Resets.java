package io.millrace.pipeline;

import io.millrace.connector.ConnectorId;
import io.millrace.connector.ConnectorService;
import io.millrace.connector.Kind;
import io.millrace.destination.SinkGroup;
import io.millrace.engine.KafkaCluster;
import io.millrace.store.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets destinations forget how far they are in the topics of pipelines that were reset, once they do not read them any
 * more. Survives the end of the process at any point.
 */
public final class Resets implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Resets.class);

    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor();
    private final Store store;
    private final ConnectorService destinations;
    private final KafkaCluster kafka;
    private Optional<Future<?>> looks = Optional.empty();

    public Resets(Store store, ConnectorService destinations, KafkaCluster kafka) {
        this.store = store;
        this.destinations = destinations;
        this.kafka = kafka;
    }

    /** Begins to look for what was asked for. */
    public void begin() {
        looks = Optional.of(looking.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS));
    }

    private void look() {
        store.<Map<ConnectorId, List<String>>, RuntimeException>read(Resets::wanted)
                .forEach((destination, topics) -> {
                    try {
                        reset(destination, topics);
                    } catch (RuntimeException e) {
                        LOG.error("{} cannot forget its offsets of {} yet; tried again", destination, topics, e);
                    }
                });
    }

    private static Map<ConnectorId, List<String>> wanted(Handle handle) {
        Map<ConnectorId, List<String>> wanted = new HashMap<>();
        handle.createQuery("select destination_id, topic from pipeline_reset order by topic")
                .map((row, context) -> Map.entry(new ConnectorId(Kind.DESTINATION, row.getString(1)), row.getString(2)))
                .forEach(reset -> wanted.computeIfAbsent(reset.getKey(), id -> new ArrayList<>())
                        .add(reset.getValue()));
        return wanted;
    }

    private void reset(ConnectorId destination, List<String> topics) {
        SinkGroup group = new SinkGroup(kafka, destination);
        if (!destinations.isFollowed(destination) || !group.isIdle(topics)) {
            return;
        }
        group.forget(topics);
        store.change(handle -> {
            topics.forEach(topic -> handle.execute(
                    "delete from pipeline_reset where destination_id = ? and topic = ?", destination.value(), topic));
            destinations.touch(handle, destination);
        });
        destinations.follow(destination, false);
        LOG.info("{} begins anew with {}", destination, topics);
    }

    @Override
    public void close() {
        looks.ifPresent(look -> look.cancel(false));
        looking.shutdown();
    }
}
