package io.millrace.connect.snapshot;

import java.io.Serial;

/** A table cannot be read and trying again does not help; the message says why and what to do. */
public class TableUnreadableException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    public TableUnreadableException(String message) {
        super(message);
    }
}
