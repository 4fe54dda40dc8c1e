package io.millrace.engine;

import java.io.Serial;

/** The data plane could not do as it was told; the message names the thing and the reason. */
public class EngineException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public EngineException(String message) {
        super(message);
    }

    public EngineException(String message, Throwable cause) {
        super(message, cause);
    }
}
