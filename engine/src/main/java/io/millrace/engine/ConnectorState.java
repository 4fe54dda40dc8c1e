package io.millrace.engine;

/** State that Connect reports of a connector or of a task. */
public enum ConnectorState {
    UNASSIGNED,
    RUNNING,
    PAUSED,
    STOPPED,
    FAILED,
    RESTARTING,
    /** Known to be there, but without a report yet. */
    UNKNOWN
}
