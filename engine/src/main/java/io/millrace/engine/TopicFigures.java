package io.millrace.engine;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/** What the brokers know of topics and of those who read them, asked for all at once. Thread-safe. */
public interface TopicFigures {
    /** Returns how much each topic holds, internal ones excluded. */
    Map<String, TopicVolume> volumes();

    /** Returns when the newest record of each of the topics was written; a topic without records is left out. */
    Map<String, Instant> newest(Collection<String> topics);

    /**
     * Returns the offsets that groups of consumers have committed, by group, topic and partition. What is not known is left
     * out.
     */
    Map<String, Map<String, Map<Integer, Long>>> committed(Collection<String> groups);
}
