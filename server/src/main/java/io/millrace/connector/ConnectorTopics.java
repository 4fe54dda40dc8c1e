package io.millrace.connector;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Tells which topics connectors have. */
@FunctionalInterface
public interface ConnectorTopics {
    /** Returns the topics, in order, of each of the connectors that has any. */
    Map<ConnectorId, List<ConnectorTopic>> of(Handle handle, Collection<ConnectorId> connectors);
}
