package io.millrace.engine;

import java.util.Optional;

/** A data plane. Closing it stops what it started and leaves a remote one alone. */
public interface Engine extends AutoCloseable {
    /** Returns the Connect side. */
    ConnectCluster connect();

    /** Returns the Kafka side. */
    KafkaCluster kafka();

    /** Returns what the workers measure; a cluster that shows nothing of that is measured from outside only. */
    default Measurements measurements() {
        return Measurements.NONE;
    }

    /**
     * Returns why this engine cannot go on, once it cannot; it does not recover and must be closed and started anew.
     * Empty as long as it works. An engine that does not run here never fails in this sense.
     */
    default Optional<String> failure() {
        return Optional.empty();
    }

    /** Stops within ten seconds what this engine started; does nothing the second time. */
    @Override
    void close();
}
