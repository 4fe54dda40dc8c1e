package io.millrace.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Changes topics one at a time, and says what they hold. Thread-safe. */
public interface TopicAdmin {
    /**
     * Creates a topic; returns false when there is one of the name already, which stays as it is.
     *
     * @param replicationFactor copies of each partition; the broker decides when nothing is given
     * @throws BrokerRefusedException when the broker does not take the name, a number or a setting
     */
    boolean create(TopicSpec topic, Optional<Integer> replicationFactor);

    /**
     * Raises the number of partitions.
     *
     * @throws BrokerRefusedException when the broker does not, for example because there are as many already
     */
    void raisePartitions(String topic, int count);

    /** Returns all settings of a topic by name, with what they would be by default; empty when there is no such topic. */
    List<TopicSetting> settings(String topic);

    /**
     * Changes settings; nothing for a setting puts it back to what the broker has by default. All or none.
     *
     * @throws BrokerRefusedException when the broker does not take one of them
     */
    void changeSettings(String topic, Map<String, Optional<String>> settings);

    /** Returns what a topic holds now, as a read-committed reader sees it; empty when there is no such topic. */
    Optional<TopicHoldings> holdings(String topic);
}
