package io.millrace.engine;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/** What the brokers know of topics, asked for all at once. Topics that go meanwhile are left out. Thread-safe. */
public interface TopicFigures {
    /** Returns how much each topic holds, internal ones excluded. */
    Map<String, TopicVolume> volumes();

    /** Returns when the newest record of each of the topics was written; a topic without records is left out. */
    Map<String, Instant> newest(Collection<String> topics);
}
