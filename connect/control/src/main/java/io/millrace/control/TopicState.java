package io.millrace.control;

/** State of one table of a run, as the task knows it. */
public enum TopicState {
    PENDING,
    RUNNING,
    PAUSED,
    /** Confirmed: no row of this run follows in the topic. */
    CANCELLED,
    /** Every row of the range was delivered. */
    COMPLETED,
    /** Given up, with the reason in {@link TopicProgress#error()}; no row of this run follows. */
    FAILED;

    /** Returns whether the state is for good. */
    public boolean isFinal() {
        return this == CANCELLED || this == COMPLETED || this == FAILED;
    }
}
