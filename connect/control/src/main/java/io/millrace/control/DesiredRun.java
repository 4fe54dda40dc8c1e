package io.millrace.control;

import java.util.List;
import java.util.Optional;

/**
 * A run as it should be.
 *
 * @param topics in the order in which they are read
 * @param surrogateKey column that orders the chunks of every table, instead of its key
 * @param terms kind, limits and times of the run
 */
public record DesiredRun(
        String runId, Intent intent, List<DesiredTopic> topics, Optional<String> surrogateKey, RunTerms terms) {
    public DesiredRun {
        topics = List.copyOf(topics);
    }

    /** Returns what is wanted of one topic: of the run's wish and its own the stronger. */
    public Intent intentOf(DesiredTopic topic) {
        return topic.intent().compareTo(intent) > 0 ? topic.intent() : intent;
    }
}
