package io.millrace.connector;

import io.millrace.store.Store;
import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes one connector one step further: reads what is wanted, lets it be done, and notes that it was. */
final class ConnectorSteps {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectorSteps.class);

    private final Store store;
    private final Deployment deployment;
    private final Healths healths;
    private final ConnectorRepository connectors;

    ConnectorSteps(Store store, Deployment deployment, Healths healths, ConnectorRepository connectors) {
        this.store = store;
        this.deployment = deployment;
        this.healths = healths;
        this.connectors = connectors;
    }

    /** One step for a connector. */
    interface Step {
        void take(ConnectorId id) throws SQLException;
    }

    /** Something that may find out what is lacking. */
    private interface Work {
        Optional<String> on(Connector connector) throws SQLException;
    }

    void apply(ConnectorId id) throws SQLException {
        follow(id, deployment::apply);
    }

    void revive(ConnectorId id) throws SQLException {
        follow(id, deployment::revive);
    }

    /** Looks whether what a connector lacks is there by now. */
    void inspect(ConnectorId id) throws SQLException {
        follow(id, deployment::prepare);
    }

    void align(ConnectorId id) {
        find(id).ifPresent(deployment::align);
    }

    void settle(ConnectorId id) {
        find(id).ifPresent(deployment::settle);
    }

    void reset(ConnectorId id) {
        find(id).ifPresent(connector -> {
            deployment.reset(connector);
            store.change(handle ->
                    connectors.resetsDone(handle, id, connector.course().resets()));
        });
    }

    /** Removes the connector from Connect and then its row; what it made elsewhere may stay behind as leftovers. */
    void remove(ConnectorId id) {
        Optional<Connector> deleted = store.read(handle -> connectors.find(handle, id));
        if (deleted.isPresent() && !deployment.remove(deleted.get())) {
            return;
        }
        store.change(handle -> connectors.find(handle, id).ifPresent(connector -> {
            deployment.forgotten(handle, connector);
            connectors.remove(handle, id);
        }));
        healths.forget(id);
    }

    private void follow(ConnectorId id, Work work) throws SQLException {
        Optional<Connector> found = find(id);
        if (found.isEmpty()) {
            return;
        }
        Connector connector = found.get();
        Optional<String> lacks = work.on(connector);
        store.change(handle -> connectors.applied(handle, id, connector.course().revision(), lacks));
        healths.well(id, lacks);
        lacks.ifPresent(notice -> LOG.warn("{} {} ({}): {}", id.kind().title(), id, connector.name(), notice));
    }

    private Optional<Connector> find(ConnectorId id) {
        return store.<Optional<Connector>, RuntimeException>read(handle -> connectors.find(handle, id))
                .filter(connector -> !connector.course().deleted())
                .map(connector -> connector.on(healths.forNow(connector.course())));
    }
}
