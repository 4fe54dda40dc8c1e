package io.millrace.app;

import java.io.Serial;

/** The platform cannot start; the message is one line that names the thing, says what is wrong, and the remedy. */
public final class StartProblem extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public StartProblem(String message) {
        super(message);
    }

    public StartProblem(String message, Throwable cause) {
        super(message, cause);
    }
}
