package io.millrace.engine.embedded;

import static java.util.Map.entry;

import io.millrace.engine.ConnectorName;
import java.util.HashMap;
import java.util.Map;

/** Configuration of one {@link CountingConnector} with exactly once required. */
record Counting(ConnectorName name, Map<String, String> config) {
    Counting {
        config = Map.copyOf(config);
    }

    static Counting into(String topic) {
        return new Counting(
                new ConnectorName("counting_" + topic),
                Map.ofEntries(
                        entry("connector.class", CountingConnector.class.getName()),
                        entry("tasks.max", "1"),
                        entry("exactly.once.support", "required"),
                        entry("transaction.boundary", "poll"),
                        entry("value.converter", "org.apache.kafka.connect.json.JsonConverter"),
                        entry("value.converter.schemas.enable", "false"),
                        entry("topic.creation.default.partitions", "1"),
                        entry("topic.creation.default.replication.factor", "1"),
                        entry(CountingConnector.TOPIC, topic)));
    }

    Counting with(String key, Object value) {
        Map<String, String> more = new HashMap<>(config);
        more.put(key, value.toString());
        return new Counting(name, more);
    }
}
