package io.millrace.pipeline;

import io.millrace.connector.ConnectorId;
import io.millrace.connector.ConnectorRequests.Action;
import io.millrace.connector.ConnectorService;
import io.millrace.connector.CreatedFrom;
import io.millrace.connector.DesiredState;
import io.millrace.http.ApiProblem;
import io.millrace.http.Caller;
import io.millrace.store.Ids;
import io.millrace.store.Store;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/**
 * Pipelines, one at a time. A pipeline is a row and nothing that runs: with the same transaction its destination is told
 * that something changed, and follows.
 */
final class PipelineService {
    /** Class of SQL states of violated constraints. */
    private static final String CONSTRAINT = "23";

    private final Store store;
    private final PipelineRepository rows;
    private final BackfillRepository backfills = new BackfillRepository();
    private final PipelineDrafts drafts;
    private final ConnectorService destinations;
    private final Stamps stamps;

    /** Where ids and times are from. */
    record Stamps(Ids ids, Clock clock) {}

    PipelineService(
            Store store, PipelineRepository rows, PipelineDrafts drafts, ConnectorService destinations, Stamps stamps) {
        this.store = store;
        this.rows = rows;
        this.drafts = drafts;
        this.destinations = destinations;
        this.stamps = stamps;
    }

    Pipeline create(Caller caller, PipelineRequests.Write request, boolean wait) {
        drafts.check(request);
        PipelineId id = new PipelineId(stamps.ids().next());
        Pipeline pipeline = save(request.name(), handle -> {
            PipelineDrafts.Draft draft = drafts.draft(handle, caller, request, Set.of());
            Pipeline made = new Pipeline(
                    id,
                    caller.tenantId(),
                    caller.serviceId(),
                    request.name(),
                    draft.source(),
                    draft.destination(),
                    draft.plan(),
                    new DesiredState.Active(),
                    request.tags().orElse(List.of()),
                    request.createdFrom(),
                    stamps.clock().instant());
            checkName(handle, made);
            rows.insert(handle, made);
            snapshotNew(handle, caller, made, Set.of());
            destinations.touch(handle, made.destination());
            return made;
        });
        destinations.follow(pipeline.destination(), wait);
        return pipeline;
    }

    Pipeline update(Caller caller, String id, PipelineRequests.Write request, boolean wait) {
        PipelineId known = PipelineId.parse(id);
        drafts.check(request);
        Set<ConnectorId> touched = new LinkedHashSet<>();
        Pipeline pipeline = save(request.name(), handle -> {
            Pipeline before = get(handle, caller, known);
            PipelineDrafts.Draft draft = drafts.draft(
                    handle, caller, request, Set.copyOf(before.plan().topics()));
            Pipeline after = new Pipeline(
                    known,
                    before.tenantId(),
                    before.serviceId(),
                    request.name(),
                    draft.source(),
                    draft.destination(),
                    draft.plan(),
                    before.desired(),
                    request.tags().orElse(before.tags()),
                    before.createdFrom(),
                    before.createdAt());
            checkName(handle, after);
            rows.update(handle, after);
            snapshotNew(handle, caller, after, Set.copyOf(before.sourceTopicIds()));
            if (!after.destination().equals(before.destination())
                    || !after.topicIds().equals(before.topicIds())) {
                touched.addAll(List.of(before.destination(), after.destination()));
            }
            touched.forEach(destination -> destinations.touch(handle, destination));
            return after;
        });
        touched.forEach(destination -> destinations.follow(destination, wait));
        return pipeline;
    }

    /** Lets the topics that a call adds be snapshotted, if the pipeline wants that, and forgets those that it takes away. */
    private void snapshotNew(Handle handle, Caller caller, Pipeline pipeline, Set<String> before) {
        List<String> topics = pipeline.sourceTopicIds().stream().distinct().toList();
        backfills.keep(handle, pipeline.id(), topics);
        if (pipeline.plan().snapshotNewTables()) {
            backfills.add(
                    handle,
                    pipeline.id(),
                    topics.stream().filter(topic -> !before.contains(topic)).toList(),
                    caller.subject(),
                    stamps.clock().instant());
        }
    }

    /** Copies a pipeline under another name; the copy is saved and does not flow. */
    Pipeline copy(Caller caller, String id, String name) {
        PipelineId known = PipelineId.parse(id);
        PipelineId next = new PipelineId(stamps.ids().next());
        return save(name, handle -> {
            Pipeline original = get(handle, caller, known);
            Pipeline copy = new Pipeline(
                    next,
                    original.tenantId(),
                    original.serviceId(),
                    name,
                    original.source(),
                    original.destination(),
                    original.plan(),
                    new DesiredState.Pending(),
                    original.tags(),
                    CreatedFrom.API,
                    stamps.clock().instant());
            checkName(handle, copy);
            rows.insert(handle, copy);
            snapshotNew(handle, caller, copy, Set.of());
            return copy;
        });
    }

    /**
     * Removes a pipeline and returns it as it was; its source and destination are free at once.
     *
     * @param shown looks at it before it goes
     */
    <R> R delete(Caller caller, String id, boolean wait, Shown<R> shown) {
        PipelineId known = PipelineId.parse(id);
        Set<ConnectorId> touched = new LinkedHashSet<>();
        R was = store.write(handle -> {
            Pipeline pipeline = get(handle, caller, known);
            R view = shown.of(handle, pipeline);
            rows.delete(handle, known);
            destinations.touch(handle, pipeline.destination());
            touched.add(pipeline.destination());
            return view;
        });
        touched.forEach(destination -> destinations.follow(destination, wait));
        return was;
    }

    /** Makes something of a pipeline in the transaction that read it. */
    interface Shown<R> {
        R of(Handle handle, Pipeline pipeline);
    }

    /**
     * Pauses, resumes, stops, restarts or resets what a pipeline brings to its destination. After a reset, a resume brings
     * everything again that its topics hold, but for topics that another pipeline goes on bringing there.
     */
    Pipeline act(Caller caller, String id, Action action, boolean wait) {
        PipelineId known = PipelineId.parse(id);
        Pipeline pipeline = store.write(handle -> {
            Pipeline before = get(handle, caller, known);
            Pipeline after = before.to(next(before, action));
            rows.update(handle, after);
            if (action == Action.RESET) {
                rows.reset(handle, after);
            }
            if (!after.desired().equals(before.desired()) || action == Action.RESTART) {
                destinations.touch(handle, after.destination());
            }
            return after;
        });
        destinations.follow(pipeline.destination(), wait);
        return pipeline;
    }

    /** A reset stops; {@link Resets} lets the destination forget, and only then does it take the topics again. */
    private static DesiredState next(Pipeline pipeline, Action action) {
        if (pipeline.desired() instanceof DesiredState.Deployed deployed) {
            return switch (action) {
                case PAUSE -> deployed.pause();
                case RESUME -> deployed.resume();
                case STOP, RESET -> deployed.stop();
                case RESTART -> deployed;
            };
        }
        if (pipeline.desired() instanceof DesiredState.Pending pending && action == Action.RESUME) {
            return pending.deploy();
        }
        throw new ApiProblem.Conflict("Pipeline " + pipeline.id()
                + " was saved and does not flow yet; let it first: POST /pipelines/" + pipeline.id()
                + "/actions/resume");
    }

    private Pipeline get(Handle handle, Caller caller, PipelineId id) {
        return rows.find(handle, id)
                .filter(pipeline -> pipeline.tenantId().equals(caller.tenantId())
                        && pipeline.serviceId().equals(caller.serviceId()))
                .orElseThrow(() -> new ApiProblem.NotFound("Pipeline not found: " + id));
    }

    private void checkName(Handle handle, Pipeline pipeline) {
        rows.findByName(handle, pipeline.tenantId(), pipeline.serviceId(), pipeline.name())
                .filter(other -> !other.equals(pipeline.id()))
                .ifPresent(other -> {
                    throw nameTaken(pipeline.name());
                });
    }

    /** Writes a pipeline; of two that take a name at the same moment on a shared store, the second is told so. */
    private Pipeline save(String name, HandleCallback<Pipeline, RuntimeException> work) {
        try {
            return store.write(work);
        } catch (UnableToExecuteStatementException e) {
            if (e.getCause() instanceof SQLException cause
                    && String.valueOf(cause.getSQLState()).startsWith(CONSTRAINT)) {
                throw nameTaken(name);
            }
            throw e;
        }
    }

    private static ApiProblem nameTaken(String name) {
        return new ApiProblem.Conflict("A pipeline with name '" + name + "' already exists");
    }
}
