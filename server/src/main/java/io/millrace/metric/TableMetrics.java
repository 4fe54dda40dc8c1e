package io.millrace.metric;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Figures for tables of many entities, as clients read them.
 *
 * @param accountMetrics figures of the whole service
 * @param connectorMetrics figures by the id of the entity
 * @param inlineMetrics the few numbers of a row of a list, by the id of the entity
 * @param taskMetrics figures by the id of the entity and the number of the task
 * @param topicMetrics figures by the id of the entity and the name of the topic in Kafka
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record TableMetrics(
        Map<String, Object> accountMetrics,
        Map<String, Map<String, Object>> connectorMetrics,
        Map<String, Map<String, Object>> inlineMetrics,
        Map<String, Map<String, Map<String, Object>>> taskMetrics,
        Map<String, Map<String, Map<String, Object>>> topicMetrics) {
    public TableMetrics {
        accountMetrics = kept(accountMetrics);
        connectorMetrics = kept(connectorMetrics);
        inlineMetrics = kept(inlineMetrics);
        taskMetrics = kept(taskMetrics);
        topicMetrics = kept(topicMetrics);
    }

    private static <T> Map<String, T> kept(Map<String, T> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
