package io.millrace.engine;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A Kafka Connect cluster. Every call that changes something returns once the cluster has written it down, and may be
 * repeated; {@link EngineException} says what did not work. Thread-safe.
 */
public interface ConnectCluster {
    /**
     * Creates the connector or gives it a new configuration, and starts it unless it is paused or stopped. The same
     * configuration again restarts nothing. Secrets appear as references that the workers resolve.
     */
    void put(ConnectorName name, Map<String, String> config);

    /**
     * Removes the connector, and returns when none of its tasks runs any more: what they wrote to may be taken away then.
     * Its offsets stay. One that is not there is fine.
     */
    void delete(ConnectorName name);

    /** Keeps the tasks assigned but idle. */
    void pause(ConnectorName name);

    /** Takes the tasks off their workers. */
    void stop(ConnectorName name);

    /** Ends a pause or a stop. */
    void resume(ConnectorName name);

    /**
     * Starts connector and tasks anew, and returns when their reports are those of the new life; with {@code onlyFailed}
     * only those that failed, without waiting for them.
     */
    void restart(ConnectorName name, boolean onlyFailed);

    /** Forgets the source offsets of a connector that was stopped before; waits until its tasks are gone. */
    void resetOffsets(ConnectorName name);

    /** Returns the connectors that exist, whatever their state. Read from memory. */
    Set<ConnectorName> connectors();

    /** Returns the configuration that was put, with references unresolved. */
    Optional<Map<String, String>> config(ConnectorName name);

    /** Returns the state of one connector. Read from memory. */
    Optional<ConnectorStatus> status(ConnectorName name);

    /** Returns the states of all connectors in one look, without asking them one by one. Read from memory. */
    Map<ConnectorName, ConnectorStatus> statuses();

    /** Returns whether a connector class is installed. */
    boolean hasPlugin(String connectorClass);

    /** Returns whether a single message transformation is installed, by the name of its class. */
    boolean hasTransformation(String type);

    /**
     * Returns the class loader of an installed connector whose tasks run in this process, for what a process must have but
     * once; empty where they run elsewhere.
     */
    default Optional<ClassLoader> loader(String connectorClass) {
        return Optional.empty();
    }
}
