package io.millrace.connect.sinks;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands the records of each poll to a {@link Destination}, in order, until each was taken or set aside. */
public abstract class DestinationTask extends SinkTask {
    private static final Logger LOG = LoggerFactory.getLogger(DestinationTask.class);

    /** Sum of the waits; a destination that is away for longer is shown as broken, and tried again from outside. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** How long Connect may wait for records before it calls again, for what is due by time. */
    private static final Duration IDLE = Duration.ofMillis(250);

    private final Patience patience = new Patience(PATIENCE);
    private Optional<Destination> destination = Optional.empty();
    private Optional<ErrantRecordReporter> deadLetters = Optional.empty();
    private Optional<Delays> delays = Optional.empty();
    private boolean tolerant = true;

    /** What was set aside of the records that are being handed over; they come again when another one meets trouble. */
    private final Set<Position> aside = new HashSet<>();

    /**
     * Opens the destination.
     *
     * @throws Exception when it cannot be reached; the task fails with the reason
     */
    protected abstract Destination open(Map<String, String> settings) throws Exception;

    @Override
    public final void start(Map<String, String> settings) {
        deadLetters = Optional.ofNullable(context.errantRecordReporter());
        tolerant = !"none".equals(settings.get("errors.tolerance"));
        delays = Optional.ofNullable(settings.get("name")).map(name -> new Delays(name, Clock.systemUTC()));
        try {
            destination = Optional.of(open(settings));
        } catch (Exception e) {
            throw failed(e);
        }
    }

    @Override
    public final void put(Collection<SinkRecord> records) {
        List<Change> changes = new ArrayList<>(records.size());
        for (SinkRecord record : records) {
            Change.of(record)
                    .filter(change -> !aside.contains(change.position()))
                    .ifPresent(changes::add);
        }
        try {
            if (!changes.isEmpty()) {
                deliver(changes);
            }
            refusing(() -> {
                opened().idle();
                return true;
            });
            delays.filter(measured -> !changes.isEmpty())
                    .ifPresent(measured -> measured.handedOver(changes, !opened().holdsBack()));
            patience.renew();
            aside.clear();
            context.timeout(IDLE.toMillis());
        } catch (LaterException e) {
            LOG.info("The destination is to be asked again in {}: {}", e.after(), e.getMessage());
            context.timeout(e.after().toMillis());
            throw new RetriableException(e.getMessage(), e);
        } catch (Exception e) {
            throw troubled(e);
        }
    }

    /** Sets aside what was held back and is refused now, and calls again. */
    private <T> T refusing(Callable<T> call) throws Exception {
        while (true) {
            try {
                return call.call();
            } catch (RefusedException e) {
                setAside(e.change().orElseThrow(() -> e), e);
            }
        }
    }

    private void deliver(List<Change> changes) throws Exception {
        List<Change> rest = changes;
        while (!rest.isEmpty()) {
            try {
                opened().write(rest);
                return;
            } catch (RefusedException e) {
                Optional<Change> refused =
                        e.change().isEmpty() && rest.size() == 1 ? Optional.of(rest.get(0)) : e.change();
                if (refused.isEmpty()) {
                    deliver(rest.subList(0, rest.size() / 2));
                    rest = rest.subList(rest.size() / 2, rest.size());
                    continue;
                }
                setAside(refused.get(), e);
                rest = without(refused.get(), rest);
            }
        }
    }

    /** The same change may be there twice in value, once refused and once not. */
    @SuppressWarnings("ReferenceEquality")
    private static List<Change> without(Change refused, List<Change> changes) {
        return changes.stream().filter(change -> change != refused).toList();
    }

    /** Connect waits for what was reported before it commits a position behind it. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private void setAside(Change change, RefusedException reason) {
        if (!tolerant) {
            throw new ConnectException("Record " + change.position() + " was refused, and errors.tolerance is none: "
                    + reason.getMessage());
        }
        ErrantRecordReporter reporter = deadLetters.orElseThrow(() -> new ConnectException(
                "A record was refused, and there is no dead letter topic: " + reason.getMessage()));
        LOG.warn(
                "Record {}-{}@{} was refused and goes to the dead letter topic: {}",
                change.record().originalTopic(),
                change.record().originalKafkaPartition(),
                change.record().originalKafkaOffset(),
                reason.getMessage());
        reporter.report(change.record(), reason);
        aside.add(change.position());
    }

    private RuntimeException troubled(Exception trouble) {
        Optional<Duration> wait = patience.afterFailure();
        if (wait.isEmpty() || trouble instanceof ConnectException) {
            return failed(trouble);
        }
        LOG.warn("The destination did not take a batch, next attempt in {}: {}", wait.get(), trouble.toString());
        context.timeout(wait.get().toMillis());
        return new RetriableException(trouble.getMessage(), trouble);
    }

    private static ConnectException failed(Exception trouble) {
        return trouble instanceof ConnectException known
                ? known
                : new ConnectException(
                        trouble.getMessage() == null ? trouble.toString() : trouble.getMessage(), trouble);
    }

    @Override
    public final Map<TopicPartition, OffsetAndMetadata> preCommit(Map<TopicPartition, OffsetAndMetadata> handedOver) {
        try {
            Map<TopicPartition, OffsetAndMetadata> durable = refusing(() -> opened().commit(handedOver));
            delays.ifPresent(measured -> measured.durable(durable));
            return durable;
        } catch (Exception e) {
            // Connect keeps the position of the last commit, and reads again from there if it comes to that.
            throw failed(e);
        }
    }

    @Override
    public final void close(Collection<TopicPartition> partitions) {
        aside.removeIf(position -> partitions.contains(position.partition()));
        destination.ifPresent(open -> open.release(partitions));
        delays.ifPresent(measured -> partitions.forEach(measured::release));
    }

    @Override
    public final void stop() {
        destination.ifPresent(Destination::close);
        destination = Optional.empty();
        delays.ifPresent(Delays::close);
        delays = Optional.empty();
    }

    private Destination opened() {
        return destination.orElseThrow(() -> new ConnectException("The destination is closed"));
    }

    @Override
    public final String version() {
        String version = getClass().getPackage().getImplementationVersion();
        return version == null ? "0" : version;
    }
}
