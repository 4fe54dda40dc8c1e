package io.millrace.snapshot;

import java.io.Serial;

/** Whether a topic is complete cannot be told; the message says why in a sentence. */
final class CannotTellException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    CannotTellException(String message) {
        super(message);
    }
}
