package io.millrace.connector;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.catalogue.ConfigValues;
import io.millrace.connector.ConnectorRecords.Draft;
import io.millrace.http.ApiProblem;
import io.millrace.http.Caller;
import io.millrace.store.Store;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/**
 * Connectors of one kind, one at a time. What it writes is followed by the data plane later; what it answered with survives
 * everything.
 */
public final class ConnectorService {
    /** Class of SQL states of violated constraints. */
    private static final String CONSTRAINT = "23";

    private final Store store;
    private final ConnectorDrafts drafts;
    private final ConnectorRecords records;
    private final Healths healths;
    private final Settling settling;

    ConnectorService(
            Store store, ConnectorDrafts drafts, ConnectorRecords records, Healths healths, Settling settling) {
        this.store = store;
        this.drafts = drafts;
        this.records = records;
        this.healths = healths;
        this.settling = settling;
    }

    /** A connector that was deleted, as it was before. */
    public record Removed(Connector connector, Health health) {}

    /** Returns a connector of the caller's; refuses an id that is malformed, unknown or somebody else's. */
    public Connector get(Caller caller, String id) {
        ConnectorId connector = records.parse(id);
        return store.read(handle -> records.get(handle, caller, connector));
    }

    /** Returns the connector of an id, whoever it belongs to, unless it was deleted. */
    public Optional<Connector> find(ConnectorId id) {
        return store.read(handle -> find(handle, id));
    }

    /** As {@link #find(ConnectorId)}, in a transaction of the caller's. */
    public Optional<Connector> find(Handle handle, ConnectorId id) {
        return records.find(handle, id);
    }

    /** Returns a connector of the caller's, if there is such, in a transaction of the caller's. */
    public Optional<Connector> find(Handle handle, Caller caller, ConnectorId id) {
        return records.find(handle, caller, id);
    }

    /** Returns how a connector is. */
    public Health health(Connector connector) {
        return healths.of(connector);
    }

    /** Saves a connector and, unless it is to be pending, deploys it. */
    public Connector create(Caller caller, ConnectorRequests.Create request, boolean wait) {
        Draft draft = drafts.create(caller, request);
        save(request.name(), handle -> records.insert(handle, draft));
        return settled(draft.connector().id(), wait);
    }

    /** Saves a copy of a connector under another name, without deploying it. */
    public Connector copy(Caller caller, String id, String name) {
        Draft draft = drafts.copy(get(caller, id), name);
        save(name, handle -> records.insert(handle, draft));
        return draft.connector();
    }

    /** Replaces name and configuration. */
    public Connector update(Caller caller, String id, ConnectorRequests.Update request, boolean wait) {
        ConnectorId connector = records.parse(id);
        save(
                request.name(),
                handle -> records.update(handle, drafts.update(records.get(handle, caller, connector), request)));
        return settled(connector, wait);
    }

    /** Removes a connector and returns it as it was. Its name is free at once. */
    public Removed delete(Caller caller, String id, boolean wait) {
        ConnectorId connector = records.parse(id);
        Removed removed = store.write(handle -> {
            Connector found = records.get(handle, caller, connector);
            Removed was = new Removed(found, healths.of(found));
            records.delete(handle, found);
            return was;
        });
        settling.changed();
        if (wait) {
            settling.await(connector);
        }
        return removed;
    }

    /** Deploys a connector that was only saved; changes nothing for another. */
    public Connector deploy(Caller caller, String id) {
        return settled(deployLater(caller, id), true);
    }

    /** As {@link #deploy}, without waiting. */
    ConnectorId deployLater(Caller caller, String id) {
        return move(
                caller,
                id,
                course -> course.desired() instanceof DesiredState.Pending pending
                        ? course.to(pending.deploy())
                        : course);
    }

    /** Pauses, resumes, stops, restarts or resets a connector that was deployed. */
    public Connector act(Caller caller, String id, ConnectorRequests.Action action) {
        return settled(actLater(caller, id, action), true);
    }

    /** As {@link #act}, without waiting. */
    ConnectorId actLater(Caller caller, String id, ConnectorRequests.Action action) {
        ConnectorId connector = records.parse(id);
        return move(caller, id, course -> switch (action) {
            case PAUSE -> course.to(deployed(connector, course).pause());
            case RESUME -> course.to(deployed(connector, course).resume());
            case STOP -> course.to(deployed(connector, course).stop());
            case RESTART -> course.restarted(deployed(connector, course));
            case RESET -> course.reset(deployed(connector, course));
        });
    }

    /**
     * Notes, in a transaction of the caller's, that something changed which the connector has to follow. To be told to
     * {@link #follow} when the transaction is over.
     */
    public void touch(Handle handle, ConnectorId id) {
        records.find(handle, id)
                .ifPresent(connector ->
                        records.move(handle, connector, connector.course().changed()));
    }

    /** Returns whether a connector is there and the data plane has followed everything that was written about it. */
    public boolean isFollowed(ConnectorId id) {
        return find(id).filter(connector -> !connector.course().pending()).isPresent();
    }

    /** Lets the data plane follow what was noted with {@link #touch}. */
    public void follow(ConnectorId id, boolean wait) {
        settling.changed();
        if (wait) {
            settling.await(id);
        }
    }

    /** Returns the configuration that a client would get, refusing what no connector can have. */
    public ConfigValues checked(String code, ObjectNode sent, Optional<ConfigValues> before) {
        return drafts.checked(code, sent, before);
    }

    /** Refuses a name, or what else is used once, that another connector has. */
    public void checkFree(Caller caller, Optional<String> name, Optional<ConnectorId> self, ConfigValues config) {
        store.<Boolean, RuntimeException>read(handle -> {
            records.checkFree(handle, caller.tenantId(), name, self, config);
            return true;
        });
    }

    /** Writes a connector; of two that take a name at the same moment on a shared store, the second is told so. */
    private void save(String name, HandleConsumer<RuntimeException> work) {
        try {
            store.change(work);
        } catch (UnableToExecuteStatementException e) {
            if (e.getCause() instanceof SQLException cause
                    && String.valueOf(cause.getSQLState()).startsWith(CONSTRAINT)) {
                throw records.nameTaken(name);
            }
            throw e;
        }
    }

    private ConnectorId move(Caller caller, String id, UnaryOperator<Course> change) {
        ConnectorId connector = records.parse(id);
        store.change((Handle handle) -> {
            Connector found = records.get(handle, caller, connector);
            records.move(handle, found, change.apply(found.course()));
        });
        settling.changed();
        return connector;
    }

    private static DesiredState.Deployed deployed(ConnectorId id, Course course) {
        if (course.desired() instanceof DesiredState.Deployed deployed) {
            return deployed;
        }
        throw new ApiProblem.Conflict(
                id.kind().title() + " " + id + " was saved but not deployed; deploy it first: POST "
                        + id.kind().path() + "/" + id + "/deploy");
    }

    private Connector settled(ConnectorId id, boolean wait) {
        follow(id, wait);
        return find(id).orElseThrow(() -> records.unknown(id));
    }
}
