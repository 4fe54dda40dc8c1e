package io.millrace.engine.embedded;

import io.millrace.engine.ConnectorName;
import io.millrace.engine.ConnectorState;
import io.millrace.engine.ConnectorStatus;
import io.millrace.engine.TaskStatus;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.connect.runtime.AbstractStatus;
import org.apache.kafka.connect.storage.StatusBackingStore;

/**
 * What the worker reported of its connectors and tasks, from memory. Reports survive the process that wrote them; one
 * that an earlier process left is no news, so it counts as not assigned until this worker reports.
 */
record ConnectorReports(StatusBackingStore store, String workerId) {
    private static final Set<ConnectorState> PASSING = EnumSet.of(ConnectorState.UNASSIGNED, ConnectorState.RESTARTING);

    ConnectorStatus of(ConnectorName name) {
        Optional<AbstractStatus<String>> report = Optional.ofNullable(store.get(name.value()));
        List<TaskStatus> tasks = store.getAll(name.value()).stream()
                .map(task -> new TaskStatus(task.id().task(), state(task), worker(task), trace(task)))
                .sorted(Comparator.comparingInt(TaskStatus::task))
                .toList();
        return new ConnectorStatus(
                name,
                report.map(this::state).orElse(ConnectorState.UNKNOWN),
                report.map(ConnectorReports::worker).orElse(""),
                report.flatMap(this::trace),
                tasks);
    }

    /** Returns the reports that there are of a connector and its tasks, by identity: a later one is another object. */
    Set<Object> present(ConnectorName name) {
        Set<Object> reports = Collections.newSetFromMap(new IdentityHashMap<>());
        reports.addAll(all(name).toList());
        return reports;
    }

    /** Returns whether connector and tasks have reported since, and are not on their way from one state to another. */
    boolean areAnew(ConnectorName name, Set<Object> before) {
        return all(name).noneMatch(report -> before.contains(report) || PASSING.contains(state(report)));
    }

    private Stream<AbstractStatus<?>> all(ConnectorName name) {
        return Stream.concat(Stream.ofNullable(store.get(name.value())), store.getAll(name.value()).stream());
    }

    private ConnectorState state(AbstractStatus<?> report) {
        if (!isOurs(report)) {
            return ConnectorState.UNASSIGNED;
        }
        return switch (report.state()) {
            case UNASSIGNED, DESTROYED -> ConnectorState.UNASSIGNED;
            case RUNNING -> ConnectorState.RUNNING;
            case PAUSED -> ConnectorState.PAUSED;
            case STOPPED -> ConnectorState.STOPPED;
            case FAILED -> ConnectorState.FAILED;
            case RESTARTING -> ConnectorState.RESTARTING;
        };
    }

    private Optional<String> trace(AbstractStatus<?> report) {
        return isOurs(report) ? Optional.ofNullable(report.trace()) : Optional.empty();
    }

    private boolean isOurs(AbstractStatus<?> report) {
        return workerId.equals(report.workerId());
    }

    /** The part of a worker id that means something to people: {@code host:port} without the mark of this process. */
    private static String worker(AbstractStatus<?> report) {
        return report.workerId().replaceFirst("/.*", "");
    }
}
