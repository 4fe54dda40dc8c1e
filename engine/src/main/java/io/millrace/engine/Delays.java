package io.millrace.engine;

import java.util.Map;

/**
 * How long changes of a topic took from their commit in the source to their commit in a destination, since the task began.
 *
 * @param counts number of changes by the upper bound of their delay in milliseconds
 */
public record Delays(ConnectorName connector, int task, String topic, Map<Long, Long> counts) {
    public Delays {
        counts = Map.copyOf(counts);
    }
}
