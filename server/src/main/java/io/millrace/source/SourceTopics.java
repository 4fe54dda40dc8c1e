package io.millrace.source;

import io.millrace.control.TableName;
import io.millrace.control.TopicNames;
import io.millrace.http.ApiProblem;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Names the topics of tables. */
final class SourceTopics {
    private SourceTopics() {}

    /**
     * Returns the tables by the names of their topics; refuses tables whose topics would be one, and names that Kafka
     * cannot have. Kafka takes a dot and an underscore for the same in names, so it would refuse the second of two topics
     * that differ in nothing else.
     *
     * @param name gives the name that a table has in the name of its topic
     */
    static Map<String, TableName> of(SourceId id, List<TableName> tables, UnaryOperator<TableName> name) {
        Map<String, TableName> byTopic = new LinkedHashMap<>();
        Map<String, TableName> byMetricName = new HashMap<>();
        for (TableName table : tables) {
            String topic = TopicNames.of(id.topicPrefix(), name.apply(table));
            if (topic.length() > TopicNames.MAX_LENGTH) {
                throw new ApiProblem.BadRequest(
                        "Table '" + table + "' cannot be captured: the name of its topic would be " + topic.length()
                                + " characters long and Kafka takes " + TopicNames.MAX_LENGTH);
            }
            TableName other = byMetricName.putIfAbsent(topic.replace('.', '_'), table);
            if (other != null && !other.equals(table)) {
                throw new ApiProblem.BadRequest("Tables " + quoted(other) + " and " + quoted(table)
                        + " cannot be captured by one source: Kafka does not tell their topics '"
                        + TopicNames.of(id.topicPrefix(), name.apply(other)) + "' and '" + topic
                        + "' apart; capture one of them with another source");
            }
            byTopic.put(topic, table);
        }
        return byTopic;
    }

    private static String quoted(TableName table) {
        return "\"" + table.schema() + "\".\"" + table.table() + "\"";
    }
}
