package io.millrace.source;

import io.millrace.engine.ConnectCluster;
import io.millrace.engine.ConnectorName;
import io.millrace.engine.ConnectorState;
import io.millrace.engine.ConnectorStatus;
import io.millrace.engine.TaskStatus;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Says how sources are, from what Connect reports of all connectors at once and what the reconciler noted. Reads memory only.
 * Thread-safe.
 */
public final class Healths {
    private static final Set<SourceState> RESTING =
            EnumSet.of(SourceState.ACTIVE, SourceState.PAUSED, SourceState.STOPPED);

    private final ConnectCluster connect;
    private final Room room;
    private final Map<SourceId, Trouble> troubles = new ConcurrentHashMap<>();
    private final Map<SourceId, String> notices = new ConcurrentHashMap<>();

    public Healths(ConnectCluster connect, Room room) {
        this.connect = connect;
        this.room = room;
    }

    /** Returns where a source is to go for now: one that is to capture rests as long as there is no room. */
    Course forNow(Course wanted) {
        return wanted.desired() instanceof DesiredState.Active active
                        && room.shortage().isPresent()
                ? wanted.held(active.pause())
                : wanted;
    }

    /** One look at all connectors, to ask for many sources. */
    public final class Look {
        private final Map<ConnectorName, ConnectorStatus> statuses = connect.statuses();

        /** Returns what Connect says of a source's connector. */
        Optional<SourceState> reported(SourceId id) {
            return Optional.ofNullable(statuses.get(id.connectorName())).map(Healths::reported);
        }

        /** Returns whether the connector is at rest in another state than it is to be in. */
        boolean isElsewhere(SourceId id, Course course) {
            return reported(id)
                    .filter(state -> RESTING.contains(state)
                            && !state.label().equals(course.desired().label()))
                    .isPresent();
        }

        /** Returns how a source is. */
        public Health of(SourceId id, Course wanted) {
            Course course = forNow(wanted);
            Optional<ConnectorStatus> status = Optional.ofNullable(statuses.get(id.connectorName()));
            Optional<Trouble> trouble =
                    Optional.ofNullable(troubles.get(id)).filter(met -> met.revision() >= course.revision());
            if (trouble.isPresent() && !course.deleted()) {
                Map<Integer, Health.Task> tasks = status.filter(
                                present -> trace(present).isPresent())
                        .map(Healths::tasks)
                        .orElseGet(() ->
                                Map.of(0, new Health.Task("FAILED", trouble.map(Trouble::trace), Optional.empty())));
                return new Health(SourceState.BROKEN, trouble.map(Trouble::reason), tasks);
            }
            SourceState state = state(course, status);
            Optional<String> reason =
                    switch (state) {
                        case BROKEN -> status.flatMap(Healths::trace).map(Reasons::ofTrace);
                        case ACTIVE -> Optional.ofNullable(notices.get(id));
                        case PAUSED -> course.equals(wanted) ? Optional.empty() : room.shortage();
                        default -> Optional.empty();
                    };
            return new Health(state, reason, status.map(Healths::tasks).orElse(Map.of()));
        }
    }

    /** Takes a look. */
    public Look look() {
        return new Look();
    }

    /** Returns how one source is. */
    public Health of(Source source) {
        return look().of(source.id(), source.course());
    }

    void met(SourceId id, Trouble trouble) {
        troubles.put(id, trouble);
    }

    /** Notes that a source got where it should, and what it lacks there. */
    void well(SourceId id, Optional<String> lacks) {
        troubles.remove(id);
        lacks.ifPresentOrElse(notice -> notices.put(id, notice), () -> notices.remove(id));
    }

    /** Notes that nothing stands in a source's way any more. */
    void recovered(SourceId id) {
        troubles.remove(id);
    }

    /** Takes over what was noted before this process started. */
    void remember(Map<SourceId, String> lacks) {
        notices.putAll(lacks);
    }

    boolean lacksSomething(SourceId id) {
        return notices.containsKey(id);
    }

    boolean isTroubled(SourceId id) {
        return troubles.containsKey(id);
    }

    void forget(SourceId id) {
        troubles.remove(id);
        notices.remove(id);
    }

    private static SourceState state(Course course, Optional<ConnectorStatus> status) {
        if (course.deleted()) {
            return SourceState.PENDING_DELETE;
        }
        if (course.desired() instanceof DesiredState.Pending) {
            return SourceState.PENDING;
        }
        if (course.pending()) {
            return course.applied() == 0 ? SourceState.STARTING : SourceState.PENDING_UPDATE;
        }
        if (status.isEmpty()) {
            return SourceState.STARTING;
        }
        SourceState reported = reported(status.get());
        return RESTING.contains(reported)
                        && !reported.label().equals(course.desired().label())
                ? SourceState.PENDING_UPDATE
                : reported;
    }

    private static SourceState reported(ConnectorStatus status) {
        if (status.state() == ConnectorState.FAILED || trace(status).isPresent()) {
            return SourceState.BROKEN;
        }
        return switch (status.state()) {
            case RUNNING -> running(status);
            case PAUSED -> SourceState.PAUSED;
            case STOPPED -> SourceState.STOPPED;
            case UNASSIGNED -> SourceState.UNASSIGNED;
            case RESTARTING -> SourceState.STARTING;
            case FAILED -> SourceState.BROKEN;
            case UNKNOWN -> SourceState.UNKNOWN;
        };
    }

    private static SourceState running(ConnectorStatus status) {
        boolean all = !status.tasks().isEmpty()
                && status.tasks().stream().allMatch(task -> task.state() == ConnectorState.RUNNING);
        return all ? SourceState.ACTIVE : SourceState.STARTING;
    }

    /** Returns the trace of what failed first. */
    static Optional<String> trace(ConnectorStatus status) {
        if (status.state() == ConnectorState.FAILED) {
            return status.trace().or(() -> Optional.of(""));
        }
        return status.tasks().stream()
                .filter(task -> task.state() == ConnectorState.FAILED)
                .map(task -> task.trace().orElse(""))
                .findFirst();
    }

    private static Map<Integer, Health.Task> tasks(ConnectorStatus status) {
        Map<Integer, Health.Task> tasks = new HashMap<>();
        for (TaskStatus task : status.tasks()) {
            tasks.put(
                    task.task(),
                    new Health.Task(
                            task.state().name(),
                            task.trace(),
                            Optional.of(task.workerId()).filter(worker -> !worker.isEmpty())));
        }
        if (tasks.isEmpty() && status.state() == ConnectorState.FAILED) {
            tasks.put(0, new Health.Task("FAILED", status.trace(), Optional.of(status.workerId())));
        }
        return tasks;
    }
}
