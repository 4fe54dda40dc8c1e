package io.millrace.connector;

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
 * Says how connectors of one kind are, from what Connect reports of all connectors at once and what the reconciler noted. Reads memory only.
 * Thread-safe.
 */
public final class Healths {
    private static final Set<Health.State> RESTING =
            EnumSet.of(Health.State.ACTIVE, Health.State.PAUSED, Health.State.STOPPED);

    private final ConnectCluster connect;
    private final Room room;
    private final Ways ways;
    private final Map<ConnectorId, Trouble> troubles = new ConcurrentHashMap<>();
    private final Map<ConnectorId, String> notices = new ConcurrentHashMap<>();

    public Healths(ConnectCluster connect, Room room, Ways ways) {
        this.connect = connect;
        this.room = room;
        this.ways = ways;
    }

    /** Returns where a connector is to go for now: one that is to run rests as long as there is no room. */
    Course forNow(Course wanted) {
        return wanted.desired() instanceof DesiredState.Active active
                        && room.shortage().isPresent()
                ? wanted.held(active.pause())
                : wanted;
    }

    /** One look at all connectors, to ask for many. */
    public final class Look {
        private final Map<ConnectorName, ConnectorStatus> statuses = connect.statuses();

        /** Returns what Connect says of a connector. */
        Optional<Health.State> reported(ConnectorId id) {
            return Optional.ofNullable(statuses.get(id.connectorName())).map(Healths::reported);
        }

        /** Returns whether the connector is at rest in another state than it is to be in. */
        boolean isElsewhere(ConnectorId id, Course course) {
            return reported(id)
                    .filter(state -> RESTING.contains(state)
                            && !state.label().equals(course.desired().label()))
                    .isPresent();
        }

        /** Returns how a connector is. */
        public Health of(ConnectorId id, Course wanted) {
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
                return new Health(Health.State.BROKEN, trouble.map(Trouble::reason), tasks);
            }
            Health.State state = state(course, status);
            Optional<String> cutOff = course.desired() instanceof DesiredState.Active && !course.deleted()
                    ? ways.trouble(id)
                    : Optional.empty();
            if (cutOff.isPresent()) {
                return new Health(
                        Health.State.BROKEN, cutOff, status.map(Healths::tasks).orElse(Map.of()));
            }
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

    /** Returns how one connector is. */
    public Health of(Connector connector) {
        return look().of(connector.id(), connector.course());
    }

    /** Notes what stands in a connector's way; returns whether that is news. */
    boolean met(ConnectorId id, Trouble trouble) {
        Optional<Trouble> known = Optional.ofNullable(troubles.put(id, trouble));
        return known.filter(before -> before.reason().equals(trouble.reason())).isEmpty();
    }

    /** Notes that a connector got where it should, and what it lacks there. */
    void well(ConnectorId id, Optional<String> lacks) {
        troubles.remove(id);
        lacks.ifPresentOrElse(notice -> notices.put(id, notice), () -> notices.remove(id));
    }

    /** Notes that nothing stands in a connector's way any more. */
    void recovered(ConnectorId id) {
        troubles.remove(id);
    }

    /** Takes over what was noted before this process started. */
    void remember(Map<ConnectorId, String> lacks) {
        notices.putAll(lacks);
    }

    boolean lacksSomething(ConnectorId id) {
        return notices.containsKey(id);
    }

    boolean isTroubled(ConnectorId id) {
        return troubles.containsKey(id);
    }

    void forget(ConnectorId id) {
        troubles.remove(id);
        notices.remove(id);
    }

    private static Health.State state(Course course, Optional<ConnectorStatus> status) {
        if (course.deleted()) {
            return Health.State.PENDING_DELETE;
        }
        if (course.desired() instanceof DesiredState.Pending) {
            return Health.State.PENDING;
        }
        if (course.pending()) {
            return course.applied() == 0 ? Health.State.STARTING : Health.State.PENDING_UPDATE;
        }
        if (status.isEmpty()) {
            return Health.State.STARTING;
        }
        Health.State reported = reported(status.get());
        return RESTING.contains(reported)
                        && !reported.label().equals(course.desired().label())
                ? Health.State.PENDING_UPDATE
                : reported;
    }

    private static Health.State reported(ConnectorStatus status) {
        if (status.state() == ConnectorState.FAILED || trace(status).isPresent()) {
            return Health.State.BROKEN;
        }
        return switch (status.state()) {
            case RUNNING -> running(status);
            case PAUSED -> Health.State.PAUSED;
            case STOPPED -> Health.State.STOPPED;
            case UNASSIGNED -> Health.State.UNASSIGNED;
            case RESTARTING -> Health.State.STARTING;
            case FAILED -> Health.State.BROKEN;
            case UNKNOWN -> Health.State.UNKNOWN;
        };
    }

    private static Health.State running(ConnectorStatus status) {
        boolean all = !status.tasks().isEmpty()
                && status.tasks().stream().allMatch(task -> task.state() == ConnectorState.RUNNING);
        return all ? Health.State.ACTIVE : Health.State.STARTING;
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
