package io.millrace.engine;

import java.util.Optional;

/**
 * State of one task.
 *
 * @param workerId {@code host:port} of the worker that runs it
 * @param trace stack trace of a failed task
 */
public record TaskStatus(int task, ConnectorState state, String workerId, Optional<String> trace) {}
