package io.millrace.connector;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** How connectors of one kind are made. Every method may be repeated at any time. */
public interface Blueprint {
    /** Returns the configuration that Connect is to have; empty when nothing here knows how to make one for the code. */
    Optional<Map<String, String>> properties(Connector connector);

    /**
     * Brings what is outside of the platform in order.
     *
     * @return what is lacking there and is not ours to mend
     * @throws SQLException when the connector must not be started, with the reason in words
     */
    Optional<String> prepare(Connector connector) throws SQLException;

    /** Makes the topics that the connector needs and are missing. */
    void createTopics(Connector connector);

    /** Makes the connector start from the beginning the next time; it is stopped and its offsets are forgotten. */
    void reset(Connector connector);

    /** Returns the topics that are of no use without the connector. */
    List<String> ownTopics(Connector connector);

    /** Told in the transaction that forgets a connector, while its row is still there. */
    void forgotten(Handle handle, Connector connector);
}
