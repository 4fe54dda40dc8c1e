package io.millrace.connect.sinks.httpsink;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** The endpoint did not take a body now; it may take it later. */
final class TroubleException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Optional<Duration> retryAfter;

    TroubleException(String reason, Optional<Duration> retryAfter) {
        super(reason);
        this.retryAfter = retryAfter;
    }

    TroubleException(String reason, Throwable cause) {
        super(reason, cause);
        retryAfter = Optional.empty();
    }

    /** Returns how long the endpoint asked to be left alone. */
    Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
