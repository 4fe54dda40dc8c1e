package io.millrace.control;

import java.util.Optional;

/**
 * What should run for one source.
 *
 * @param revision grows with every change; a task never goes back to a lower one
 * @param run empty when no run is active; a task drops whatever it had
 */
public record DesiredSnapshot(String sourceId, long revision, Optional<DesiredRun> run) {}
