package io.millrace.engine;

import java.io.Serial;

/** The broker understood and does not do it; the message is the broker's reason. Asking again is of no use. */
public final class BrokerRefusedException extends EngineException {
    @Serial
    private static final long serialVersionUID = 1L;

    public BrokerRefusedException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
