package io.millrace.source;

import io.millrace.store.Store;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes one source one step further: reads what is wanted, lets it be done, and notes that it was. */
final class SourceSteps {
    private static final Logger LOG = LoggerFactory.getLogger(SourceSteps.class);

    private final Store store;
    private final Deployment deployment;
    private final Healths healths;
    private final SourceTables tables;
    private final Clock clock;

    SourceSteps(Store store, Deployment deployment, Healths healths, SourceTables tables, Clock clock) {
        this.store = store;
        this.deployment = deployment;
        this.healths = healths;
        this.tables = tables;
        this.clock = clock;
    }

    /** One step for a source. */
    interface Step {
        void take(SourceId id) throws SQLException;
    }

    void apply(SourceId id) throws SQLException {
        Optional<Source> source = find(id);
        if (source.isPresent()) {
            Optional<String> lacks = deployment.apply(source.get(), topics(id), ledger(id));
            followed(source.get(), lacks);
        }
    }

    void revive(SourceId id) throws SQLException {
        Optional<Source> source = find(id);
        if (source.isPresent()) {
            followed(source.get(), deployment.revive(source.get(), ledger(id)));
        }
    }

    void align(SourceId id) {
        find(id).ifPresent(deployment::align);
    }

    void settle(SourceId id) {
        find(id).ifPresent(deployment::settle);
    }

    /** Looks whether what a source lacks is there by now. */
    void inspect(SourceId id) throws SQLException {
        Optional<Source> source = find(id);
        if (source.isPresent()) {
            followed(source.get(), deployment.prepare(source.get(), ledger(id)));
        }
    }

    void reset(SourceId id) {
        find(id).ifPresent(source -> {
            deployment.reset(source, ledger(id));
            store.change(handle ->
                    tables.sources().resetsDone(handle, id, source.course().resets()));
        });
    }

    /** Removes the connector and then the source; what was made in its database stays behind as remnants. */
    void remove(SourceId id) {
        Optional<Source> deleted = store.read(handle -> tables.sources().find(handle, id));
        if (deleted.isPresent() && !deployment.remove(deleted.get())) {
            return;
        }
        store.change(handle -> {
            Optional<Source> source = tables.sources().find(handle, id);
            if (source.isPresent()) {
                Map<Made, Ledger.Origin> things = tables.things().of(handle, id);
                things.forEach((thing, origin) -> {
                    if (origin.ours()) {
                        tables.remnants().leave(handle, source.get(), thing, clock.instant());
                    }
                });
                tables.sources().remove(handle, id);
            }
        });
        healths.forget(id);
    }

    private void followed(Source source, Optional<String> lacks) {
        store.change(handle ->
                tables.sources().applied(handle, source.id(), source.course().revision(), lacks));
        healths.well(source.id(), lacks);
        lacks.ifPresent(notice -> LOG.warn("Source {} ({}): {}", source.id(), source.name(), notice));
    }

    private Optional<Source> find(SourceId id) {
        return store.<Optional<Source>, RuntimeException>read(
                        handle -> tables.sources().find(handle, id))
                .filter(source -> !source.course().deleted())
                .map(source -> source.on(healths.forNow(source.course())));
    }

    private List<SourceTopic> topics(SourceId id) {
        return store.<Map<SourceId, List<SourceTopic>>, RuntimeException>read(
                        handle -> tables.topics().of(handle, List.of(id)))
                .getOrDefault(id, List.of());
    }

    private Ledger ledger(SourceId id) {
        return new StoredLedger(store, tables.things(), id);
    }
}
