package io.millrace.demo;

import java.io.Serial;

/** A step of the tour did not give what it promises; the message says which and what came instead. */
public final class DemoFailure extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public DemoFailure(String message) {
        super(message);
    }

    public DemoFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
