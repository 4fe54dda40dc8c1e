package io.millrace.connector;

import io.millrace.engine.Engine;
import io.millrace.secret.SealedSecrets;
import io.millrace.secret.Secret;
import io.millrace.store.Ids;
import io.millrace.store.Store;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jdbi.v3.core.Handle;

/** Makes everything that connectors of one kind have in common. Starts nothing until {@link #begin}. */
public final class Connectors implements AutoCloseable {
    /** Connectors whose other ends may be slow at the same time without holding up others. */
    private static final int STEPS_AT_A_TIME = 4;

    private final ExecutorService steps = Executors.newFixedThreadPool(STEPS_AT_A_TIME);
    private final ScheduledExecutorService passes = Executors.newSingleThreadScheduledExecutor();
    private final Kind kind;
    private final Store store;
    private final Healths healths;
    private final ConfigVault vault;
    private final AppendedTransforms appended;
    private final ConnectorRepository rows;
    private final Reconciling reconciling;
    private final Reconciler reconciler;
    private final ConnectorService service;
    private final ConnectorListing listing;
    private final ConnectorBulk bulk;

    /** What every feature stands on. */
    public record Foundation(Store store, Ids ids, Clock clock, SealedSecrets secrets) {}

    /**
     * What is particular to a kind.
     *
     * @param room whether there is room for what its connectors bring
     * @param ways how their other ends are reached
     * @param appended what clients append to the transformations of its connectors
     */
    public record Particulars(
            ConnectorRules rules,
            ConnectorTopics topics,
            ConnectorUse use,
            Blueprint blueprint,
            Leftovers leftovers,
            Room room,
            Ways ways,
            AppendedTransforms appended) {}

    /** Wires connectors over a data plane that need not run yet. */
    public Connectors(Kind kind, Foundation foundation, Engine engine, ConfigVault vault, Particulars particulars) {
        this.kind = kind;
        this.vault = vault;
        store = foundation.store();
        Clock clock = foundation.clock();
        appended = particulars.appended();
        rows = new ConnectorRepository(kind);
        ConnectorRules rules = particulars.rules().and(particulars.ways());
        ConnectorRecords records = new ConnectorRecords(kind, rows, rules, particulars.use());
        healths = new Healths(engine.connect(), particulars.room(), particulars.ways());
        reconciling = new Reconciling(store, rows, healths, particulars.leftovers(), clock);
        Deployment deployment = new Deployment(engine, particulars.blueprint(), appended);
        ConnectorSteps step = new ConnectorSteps(store, deployment, healths, rows);
        reconciler = new Reconciler(kind, step, engine.connect(), healths, steps, clock);
        ConnectorDrafts drafts = new ConnectorDrafts(kind, vault, rules, foundation.ids(), clock);
        service = new ConnectorService(store, drafts, records, healths, reconciling);
        listing = new ConnectorListing(kind, store, records, new ConnectorViews(vault, particulars.topics()), healths);
        bulk = new ConnectorBulk(kind, service, listing);
    }

    /** Returns what changes connectors one at a time. */
    public ConnectorService service() {
        return service;
    }

    /** Returns what lists connectors. */
    public ConnectorListing listing() {
        return listing;
    }

    /** Returns what changes many connectors. */
    public ConnectorBulk bulk() {
        return bulk;
    }

    /** Returns how many connectors have a tag. */
    public long tagged(Handle handle, String tag) {
        return rows.tagged(handle, tag);
    }

    /** Returns all connectors that are not deleted, whoever has them, and how they are. */
    public List<Standing> standings() {
        Healths.Look look = healths.look();
        return store.read(handle -> rows.standings(handle, look));
    }

    /** Returns the secret behind a reference in the configuration that Connect has. */
    public Optional<String> secret(String path, String key) {
        return ConnectorId.ofPrefix(kind, path).flatMap(service::find).flatMap(connector -> vault.secret(connector, key)
                .map(Secret::reveal)
                .or(() -> appended.secret(connector.id(), key)));
    }

    /** Begins to make what runs equal to what is wanted; the data plane must be up. */
    public void begin() {
        reconciling.begin(reconciler, passes, steps);
    }

    @Override
    public void close() {
        reconciling.close();
        passes.shutdownNow();
        steps.shutdownNow();
    }
}
