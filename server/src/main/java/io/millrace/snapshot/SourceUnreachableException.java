package io.millrace.snapshot;

import java.io.Serial;

/** The database of a source cannot be asked; the message says why in a sentence. */
public class SourceUnreachableException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public SourceUnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
