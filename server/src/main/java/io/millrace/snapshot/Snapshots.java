package io.millrace.snapshot;

import io.millrace.engine.Engine;
import io.millrace.store.Ids;
import io.millrace.store.Store;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/** The parts of this package, put together. */
public final class Snapshots implements AutoCloseable {
    private static final int FOLLOWER_THREADS = 4;

    private final ExecutorService writing = Executors.newSingleThreadExecutor();
    private final ExecutorService counting = Executors.newSingleThreadExecutor();
    private final ExecutorService proving = Executors.newSingleThreadExecutor();
    private final ExecutorService reading = Executors.newSingleThreadExecutor();
    private final ExecutorService following = Executors.newFixedThreadPool(FOLLOWER_THREADS);
    private final ScheduledExecutorService watching = Executors.newSingleThreadScheduledExecutor();
    private final SnapshotRepository repository;
    private final RunViews views;
    private final ControlClients clients;
    private final CompletenessChecks proofs;
    private final DesiredSnapshots desired;
    private final Reports reports;
    private final Watch watch;
    private final List<Object> resources;
    private final ExecuteSnapshots execute;
    private final ValidateSnapshots validate;
    private Optional<ProgressReader> progress = Optional.empty();
    private Optional<Future<?>> watched = Optional.empty();

    /** What the whole platform has one of. */
    public record Platform(Store store, Ids ids, Clock clock, Engine engine) {}

    /**
     * Puts everything together; nothing runs before {@link #begin}.
     *
     * @param schemas finds the text of a schema by the id that records carry
     */
    public Snapshots(
            Platform platform,
            SnapshotSources sources,
            SourceDatabases databases,
            LongFunction<Optional<String>> schemas) {
        repository = new SnapshotRepository(platform.store());
        Changes changes = new Changes();
        Speeds speeds = new Speeds(platform.clock());
        views = new RunViews(speeds, platform.clock());
        clients = new ControlClients(platform.engine().kafka());
        desired = new DesiredSnapshots(repository, clients::producer, writing);
        reports = new Reports(repository, desired, changes, speeds, platform.clock());
        Confirmations confirmations =
                new Confirmations(repository, desired, platform.engine().connect(), changes, platform.clock());
        proofs = new CompletenessChecks(
                repository,
                sources,
                databases,
                (topic, since) -> new TopicFold(
                        clients.consumer(), topic, clients.isCompacted(topic), since, new RecordForm(schemas)),
                platform.clock());
        watch = new Watch(
                repository,
                desired,
                confirmations,
                sources,
                beside(new RowCounts(repository, sources, databases, counting)),
                platform.clock());
        RunCommands commands = new RunCommands(repository, desired, changes, platform.ids(), platform.clock());
        SnapshotChecks checks = new SnapshotChecks(databases);
        execute = new ExecuteSnapshots(sources, checks, commands);
        validate = new ValidateSnapshots(sources, checks, repository);
        StopSnapshots stop = new StopSnapshots(sources, commands, confirmations);
        SnapshotBulk bulk = new SnapshotBulk(execute, stop);
        resources = List.of(
                new SnapshotCommandResource(execute, stop, validate),
                new SnapshotBulkResource(sources, bulk),
                new SnapshotTopicResource(sources, bulk),
                new SnapshotRunResource(
                        new SnapshotQueries(sources, repository, views),
                        new SteerSnapshots(sources, commands),
                        stop,
                        new ContinueSnapshots(sources, databases, repository, commands),
                        new SnapshotEvents(repository, views, platform.clock(), following)));
    }

    private Runnable beside(RowCounts counts) {
        return () -> {
            counts.look();
            proofs.look(proving);
        };
    }

    /** Returns what starts snapshots. */
    public ExecuteSnapshots execute() {
        return execute;
    }

    /** Returns what says whether a snapshot can be taken. */
    public ValidateSnapshots validate() {
        return validate;
    }

    /** Returns how many rows were delivered into each topic by all snapshots that are known. */
    public Map<String, Long> delivered() {
        return repository.delivered();
    }

    /** Returns the runs of these sources that have not ended, as clients read them. */
    public List<RunView> active(Collection<String> sourceIds) {
        return repository.active(sourceIds).stream().map(views::of).toList();
    }

    /** Returns how many runs of these sources, of those that were asked for since, are in each state. */
    public Map<String, Long> states(Collection<String> sourceIds, Instant since) {
        return repository.states(sourceIds, since);
    }

    /** Returns the resources to serve. */
    public List<Object> resources() {
        return resources;
    }

    /** Makes the control topics and begins to work. Called when Kafka answers, before any connector is started. */
    public void begin() {
        clients.createTopics();
        desired.publishOutstanding();
        progress = Optional.of(new ProgressReader(reports, clients::consumer, reading));
        watched = Optional.of(watching.scheduleWithFixedDelay(watch, 1, 1, TimeUnit.SECONDS));
    }

    @Override
    public void close() {
        watched.ifPresent(tick -> tick.cancel(false));
        watching.shutdown();
        following.shutdownNow();
        counting.shutdownNow();
        proofs.close();
        proving.shutdown();
        progress.ifPresent(ProgressReader::close);
        reading.shutdown();
        desired.close();
        writing.shutdown();
    }
}
