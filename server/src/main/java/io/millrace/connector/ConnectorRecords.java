package io.millrace.connector;

import io.millrace.catalogue.ConfigValues;
import io.millrace.http.ApiProblem;
import io.millrace.http.Caller;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Connectors of one kind, and the rules between them: a name is used once, and what is in use stays. */
final class ConnectorRecords {
    private final Kind kind;
    private final ConnectorRepository rows;
    private final ConnectorRules rules;
    private final ConnectorUse use;

    ConnectorRecords(Kind kind, ConnectorRepository rows, ConnectorRules rules, ConnectorUse use) {
        this.kind = kind;
        this.rows = rows;
        this.rules = rules;
        this.use = use;
    }

    /** A connector that could be saved, and its configuration with secrets in clear. */
    record Draft(Connector connector, ConfigValues config) {}

    ConnectorId parse(String id) {
        return ConnectorId.parse(kind, id);
    }

    ApiProblem unknown(ConnectorId id) {
        return new ApiProblem.NotFound(kind.title() + " not found: " + id);
    }

    ApiProblem nameTaken(String name) {
        return new ApiProblem.Invalid("A " + kind.noun() + " with name '" + name + "' already exists");
    }

    Connector get(Handle handle, Caller caller, ConnectorId id) {
        return find(handle, caller, id).orElseThrow(() -> unknown(id));
    }

    Optional<Connector> find(Handle handle, Caller caller, ConnectorId id) {
        return find(handle, id)
                .filter(connector -> connector.tenantId().equals(caller.tenantId())
                        && connector.serviceId().equals(caller.serviceId()));
    }

    Optional<Connector> find(Handle handle, ConnectorId id) {
        return rows.find(handle, id).filter(connector -> !connector.course().deleted());
    }

    List<Connector> find(Handle handle, List<ConnectorId> ids) {
        return rows.find(handle, ids);
    }

    void insert(Handle handle, Draft draft) {
        checkName(handle, draft.connector());
        rows.insert(handle, draft.connector());
        rules.saved(handle, draft.connector(), draft.config());
    }

    void update(Handle handle, Draft draft) {
        checkName(handle, draft.connector());
        rows.update(handle, draft.connector());
        rules.saved(handle, draft.connector(), draft.config());
    }

    void move(Handle handle, Connector connector, Course course) {
        if (!course.equals(connector.course())) {
            rows.move(handle, connector.id(), course);
            rules.moved(handle, connector.on(course));
        }
    }

    void delete(Handle handle, Connector connector) {
        use.of(handle, connector.id()).ifPresent(user -> {
            throw new ApiProblem.Conflict(kind.title() + " '" + connector.name() + "' is used by " + user
                    + "; delete that first, or let it use another " + kind.noun());
        });
        rows.move(handle, connector.id(), connector.course().delete());
    }

    /**
     * Refuses what another connector uses.
     *
     * @param name name to look for, if any
     * @param self the connector that it is for, if it exists
     */
    void checkFree(
            Handle handle, String tenantId, Optional<String> name, Optional<ConnectorId> self, ConfigValues config) {
        name.flatMap(wanted -> rows.findByName(handle, tenantId, wanted))
                .filter(other -> !Optional.of(other).equals(self))
                .ifPresent(other -> {
                    throw nameTaken(name.orElse(""));
                });
        rules.checkFree(handle, self, tenantId, config);
    }

    private void checkName(Handle handle, Connector connector) {
        rows.findByName(handle, connector.tenantId(), connector.name())
                .filter(other -> !other.equals(connector.id()))
                .ifPresent(other -> {
                    throw nameTaken(connector.name());
                });
    }
}
