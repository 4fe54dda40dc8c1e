package io.millrace.control;

/** What is wanted of a run, or of one topic in it; the stronger wish comes later. */
public enum Intent {
    /** Read rows until the end. */
    RUN,
    /** Stay at the end of the last closed chunk until further notice. */
    PAUSE,
    /** Deliver no further row, for good. */
    STOP
}
