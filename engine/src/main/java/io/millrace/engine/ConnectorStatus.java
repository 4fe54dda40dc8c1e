package io.millrace.engine;

import java.util.List;
import java.util.Optional;

/**
 * State of one connector and its tasks at one moment.
 *
 * @param trace stack trace of a failed connector
 */
public record ConnectorStatus(
        ConnectorName name, ConnectorState state, String workerId, Optional<String> trace, List<TaskStatus> tasks) {
    public ConnectorStatus {
        tasks = List.copyOf(tasks);
    }
}
