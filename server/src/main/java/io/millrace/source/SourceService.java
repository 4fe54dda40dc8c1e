package io.millrace.source;

import io.millrace.http.ApiProblem;
import io.millrace.http.Caller;
import io.millrace.store.Store;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** Sources, one at a time. What it writes is followed by the data plane later; what it answered with survives everything. */
public final class SourceService {
    /** Class of SQL states of violated constraints. */
    private static final String CONSTRAINT = "23";

    private final Store store;
    private final SourceDrafts drafts;
    private final SourceRecords records;
    private final Healths healths;
    private final Settling settling;

    public SourceService(Store store, SourceDrafts drafts, SourceRecords records, Healths healths, Settling settling) {
        this.store = store;
        this.drafts = drafts;
        this.records = records;
        this.healths = healths;
        this.settling = settling;
    }

    /** A source that was deleted, as it was before. */
    public record Removed(Source source, List<SourceTopic> topics, Health health) {
        public Removed {
            topics = List.copyOf(topics);
        }
    }

    /** Returns a source of the caller's; refuses an id that is malformed, unknown or somebody else's. */
    public Source get(Caller caller, String id) {
        SourceId source = SourceId.parse(id);
        return store.read(handle -> records.get(handle, caller, source));
    }

    /** Returns the source of an id, whoever it belongs to, unless it was deleted. */
    public Optional<Source> find(SourceId id) {
        return store.read(handle -> records.find(handle, id));
    }

    /** Returns the topics of a source in the order of its table list. */
    public List<SourceTopic> topics(Source source) {
        return store.<Map<SourceId, List<SourceTopic>>, RuntimeException>read(
                        handle -> records.topics(handle, List.of(source.id())))
                .getOrDefault(source.id(), List.of());
    }

    /** Returns how a source is. */
    public Health health(Source source) {
        return healths.of(source);
    }

    /** Saves a source and, unless it is to be pending, gives it a connector. */
    public Source create(Caller caller, SourceRequests.Create request, boolean wait) {
        SourceDrafts.Draft draft = drafts.create(caller, request);
        save(request.name(), handle -> records.insert(handle, draft));
        return settled(draft.source().id(), wait);
    }

    /** Saves a copy of a source under another name, without a connector. */
    public Source copy(Caller caller, String id, String name) {
        SourceDrafts.Draft draft = drafts.copy(get(caller, id), name);
        save(name, handle -> records.insert(handle, draft));
        return draft.source();
    }

    /** Replaces name and configuration. */
    public Source update(Caller caller, String id, SourceRequests.Update request, boolean wait) {
        SourceId source = SourceId.parse(id);
        save(
                request.name(),
                handle -> records.update(handle, drafts.update(records.get(handle, caller, source), request)));
        return settled(source, wait);
    }

    /** Removes a source and returns it as it was. Its name is free at once. */
    public Removed delete(Caller caller, String id, boolean wait) {
        SourceId source = SourceId.parse(id);
        Removed removed = store.write(handle -> {
            Source found = records.get(handle, caller, source);
            Removed was = new Removed(
                    found, records.topics(handle, List.of(source)).getOrDefault(source, List.of()), healths.of(found));
            records.delete(handle, found);
            return was;
        });
        settling.changed();
        if (wait) {
            settling.await(source);
        }
        return removed;
    }

    /** Gives a connector to a source that was saved without one; changes nothing for another. */
    public Source deploy(Caller caller, String id) {
        return settled(deployLater(caller, id), true);
    }

    /** As {@link #deploy}, without waiting. */
    SourceId deployLater(Caller caller, String id) {
        return move(
                caller,
                id,
                course -> course.desired() instanceof DesiredState.Pending pending
                        ? course.to(pending.deploy())
                        : course);
    }

    /** Pauses, resumes, stops, restarts or resets a source that was deployed. */
    public Source act(Caller caller, String id, SourceRequests.Action action) {
        return settled(actLater(caller, id, action), true);
    }

    /** As {@link #act}, without waiting. */
    SourceId actLater(Caller caller, String id, SourceRequests.Action action) {
        return move(caller, id, course -> switch (action) {
            case PAUSE -> course.to(deployed(id, course).pause());
            case RESUME -> course.to(deployed(id, course).resume());
            case STOP -> course.to(deployed(id, course).stop());
            case RESTART -> course.restarted(deployed(id, course));
            case RESET -> course.reset(deployed(id, course));
        });
    }

    /** Refuses a name, slot or publication that another source uses. */
    void checkFree(Caller caller, Optional<String> name, Optional<SourceId> self, Claims claims) {
        store.<Boolean, RuntimeException>read(handle -> {
            records.checkFree(handle, caller.tenantId(), name, self, claims);
            return true;
        });
    }

    /** Writes a source; of two that take a name at the same moment on a shared store, the second is told so. */
    private void save(String name, HandleConsumer<RuntimeException> work) {
        try {
            store.change(work);
        } catch (UnableToExecuteStatementException e) {
            if (e.getCause() instanceof SQLException cause
                    && String.valueOf(cause.getSQLState()).startsWith(CONSTRAINT)) {
                throw SourceRecords.nameTaken(name);
            }
            throw e;
        }
    }

    private SourceId move(Caller caller, String id, UnaryOperator<Course> change) {
        SourceId source = SourceId.parse(id);
        store.change((Handle handle) -> {
            Source found = records.get(handle, caller, source);
            records.move(handle, found, change.apply(found.course()));
        });
        settling.changed();
        return source;
    }

    private static DesiredState.Deployed deployed(String id, Course course) {
        if (course.desired() instanceof DesiredState.Deployed deployed) {
            return deployed;
        }
        throw new ApiProblem.Conflict(
                "Source " + id + " was saved but not deployed; deploy it first: POST /sources/" + id + "/deploy");
    }

    /** Returns a topic that a source of the caller's captures into, by its database id, with its source. */
    public Optional<Map.Entry<SourceId, SourceTopic>> topic(Caller caller, String dbId) {
        return store.read(handle -> records.topic(handle, caller, dbId));
    }

    private Source settled(SourceId id, boolean wait) {
        settling.changed();
        if (wait) {
            settling.await(id);
        }
        return find(id).orElseThrow(() -> SourceRecords.unknown(id));
    }
}
