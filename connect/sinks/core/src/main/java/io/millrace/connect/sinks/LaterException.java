package io.millrace.connect.sinks;

import java.time.Duration;

/**
 * A destination is to be left alone for a while, and then to be offered the same changes again. Unlike other trouble this
 * does not use up the patience of the task: how often it is thrown is the destination's to limit.
 */
public final class LaterException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Duration after;

    /** @param reason why not now, in words */
    public LaterException(Duration after, String reason) {
        super(reason);
        this.after = after;
    }

    /** @param reason why not now, in words */
    public LaterException(Duration after, String reason, Throwable cause) {
        super(reason, cause);
        this.after = after;
    }

    /** Returns how long to wait; the next attempt may come earlier. */
    public Duration after() {
        return after;
    }
}
