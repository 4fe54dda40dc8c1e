package io.millrace.engine;

/** A data plane. Closing it stops what it started and leaves a remote one alone. */
public interface Engine extends AutoCloseable {
    /** Returns the Connect side. */
    ConnectCluster connect();

    /** Returns the Kafka side. */
    KafkaCluster kafka();

    /** Stops within ten seconds what this engine started; does nothing the second time. */
    @Override
    void close();
}
