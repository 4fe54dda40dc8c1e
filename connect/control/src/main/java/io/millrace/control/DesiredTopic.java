package io.millrace.control;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * One table of a run.
 *
 * @param topic Kafka name of the topic that the rows go to
 * @param intent what is wanted of this topic alone; see {@link DesiredRun#intentOf}
 * @param filter condition of a WHERE clause, parsed by the database before it was accepted
 * @param startAfter object of key column to value; only rows beyond it are read (a run that continues another)
 */
public record DesiredTopic(
        String topic, TableName table, Intent intent, Optional<String> filter, Optional<JsonNode> startAfter) {
    public DesiredTopic {
        startAfter = startAfter.filter(key -> !key.isNull());
    }
}
