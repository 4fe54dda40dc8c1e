package io.millrace.engine;

import java.io.Serial;

/** A group of consumers has members, so that its offsets are theirs. */
public final class GroupBusyException extends EngineException {
    @Serial
    private static final long serialVersionUID = 1L;

    public GroupBusyException(String message, Throwable cause) {
        super(message, cause);
    }
}
