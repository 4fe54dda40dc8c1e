package io.millrace.pipeline.verify;

import java.io.Serial;

/** Two tables cannot be compared; the message says why and what helps. */
final class IncomparableException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    IncomparableException(String message) {
        super(message);
    }
}
