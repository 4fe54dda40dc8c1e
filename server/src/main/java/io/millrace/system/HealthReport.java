package io.millrace.system;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/** The answer about health. */
record HealthReport(Status status, List<Check> checks) {
    HealthReport {
        checks = List.copyOf(checks);
    }

    /** Works or does not. */
    enum Status {
        @JsonProperty("UP")
        UP,
        @JsonProperty("DOWN")
        DOWN
    }

    /** One thing. */
    record Check(String name, Status status, Optional<String> message) {}
}
