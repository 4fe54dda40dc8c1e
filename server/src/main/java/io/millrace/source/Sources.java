package io.millrace.source;

import io.millrace.catalogue.SourceCatalogue;
import io.millrace.control.ControlTopics;
import io.millrace.database.ConnectionFailedException;
import io.millrace.database.ReachedDatabase;
import io.millrace.database.mariadb.MariaDbSessions;
import io.millrace.database.postgresql.PostgresSessions;
import io.millrace.engine.Engine;
import io.millrace.engine.TopicSpec;
import io.millrace.secret.SealedSecrets;
import io.millrace.secret.Secret;
import io.millrace.source.binlog.BinlogCapture;
import io.millrace.source.binlog.Flavour;
import io.millrace.source.postgresql.PostgresqlCapture;
import io.millrace.store.Ids;
import io.millrace.store.Store;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Makes everything about sources. Starts nothing until {@link #begin}. */
public final class Sources implements AutoCloseable {
    /** Sources whose databases may be slow at the same time without holding up others. */
    private static final int STEPS_AT_A_TIME = 4;

    private final SourceCatalogue catalogue = new SourceCatalogue();
    private final ExecutorService steps = Executors.newFixedThreadPool(STEPS_AT_A_TIME);
    private final ScheduledExecutorService passes = Executors.newSingleThreadScheduledExecutor();
    private final Engine engine;
    private final ConfigVault vault;
    private final CaptureTypes types;
    private final SourceBulk bulk;
    private final Remnants remnants;
    private final Reconciling reconciling;
    private final Reconciler reconciler;
    private final SourceService service;
    private final SourceListing listing;
    private final SourceValidation validation;
    private final TopicDirectory topics;

    /** What every feature stands on. */
    public record Foundation(Store store, Ids ids, Clock clock, SealedSecrets secrets, Room room) {}

    /** Wires sources over a data plane that need not run yet. */
    public Sources(Foundation foundation, Engine engine, ConnectorFrame frame, SnapshotMarks snapshots) {
        this.engine = engine;
        Store store = foundation.store();
        Ids ids = foundation.ids();
        Clock clock = foundation.clock();
        SourceTables tables = new SourceTables(ids);
        SourceRecords records = new SourceRecords(tables);
        types = new CaptureTypes(List.of(
                new PostgresqlCapture(new PostgresSessions()),
                new BinlogCapture(Flavour.MARIADB, new MariaDbSessions()),
                new BinlogCapture(Flavour.MYSQL, new MariaDbSessions())));
        Healths healths = new Healths(engine.connect(), foundation.room());
        vault = new ConfigVault(catalogue, foundation.secrets());
        Deployment deployment = new Deployment(engine, types, vault, frame);
        remnants = new Remnants(store, tables, deployment, steps, clock);
        reconciling = new Reconciling(store, tables, healths, remnants, clock);
        reconciler = new Reconciler(
                new SourceSteps(store, deployment, healths, tables, clock), engine.connect(), healths, steps, clock);
        SourceDrafts drafts = new SourceDrafts(vault, types, ids, clock);
        service = new SourceService(store, drafts, records, healths, reconciling);
        listing = new SourceListing(store, records, vault, healths, snapshots);
        topics = new TopicDirectory(store, tables);
        bulk = new SourceBulk(service, listing);
        validation = new SourceValidation(service, drafts, types, vault, clock);
    }

    /** Returns what others may ask about sources. */
    public SourceService service() {
        return service;
    }

    /** Returns the kinds of databases that can be captured. */
    public CaptureTypes types() {
        return types;
    }

    /** Returns what selects sources for bulk calls. */
    public SourceBulk bulk() {
        return bulk;
    }

    /**
     * Opens a session with the database of a source.
     *
     * @throws ConnectionFailedException with the reason in words
     */
    public ReachedDatabase reach(SourceId id) throws ConnectionFailedException {
        Source source = service.find(id).orElseThrow(() -> SourceRecords.unknown(id));
        return types.of(source.connector()).reach(vault.values(source));
    }

    /** Returns what deleted sources left behind. */
    public Remnants remnants() {
        return remnants;
    }

    /** Returns the topics of all sources. */
    public TopicDirectory topics() {
        return topics;
    }

    /** Returns what serves the calls about sources. */
    public List<Object> resources() {
        return List.of(new SourceResource(service, listing, catalogue, validation), new SourceBulkResource(bulk));
    }

    /** Returns the secret behind a reference in the configuration of a source's connector. */
    public Optional<String> secret(String path, String key) {
        return SourceId.ofPrefix(path)
                .flatMap(service::find)
                .flatMap(source -> vault.secret(source, key))
                .map(Secret::reveal);
    }

    /** Begins to make what runs equal to what is wanted; the data plane must be up. */
    public void begin() {
        // Tasks read these before anything else, so they are there before any connector is.
        for (String topic : List.of(ControlTopics.DESIRED, ControlTopics.PROGRESS)) {
            engine.kafka().createTopic(new TopicSpec(topic, 1, Map.of("cleanup.policy", "compact")));
        }
        reconciling.begin(reconciler, passes);
    }

    @Override
    public void close() {
        reconciling.close();
        passes.shutdownNow();
        steps.shutdownNow();
    }
}
