package io.millrace.destination;

import io.millrace.connector.ConnectorId;
import io.millrace.connector.ConnectorTopics;
import java.util.List;

/** Tells which topics destinations take; pipelines decide it. */
public interface Inflow extends ConnectorTopics {
    /** Returns the names in Kafka of the topics that a destination is to read now, each once: those of pipelines that are to run. */
    List<String> flowing(ConnectorId destination);
}
