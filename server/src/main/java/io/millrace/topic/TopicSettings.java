package io.millrace.topic;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.engine.BrokerRefusedException;
import io.millrace.engine.KafkaCluster;
import io.millrace.engine.TopicSetting;
import io.millrace.http.ApiProblem;
import io.millrace.http.Caller;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads and changes what Kafka is told of topics. */
final class TopicSettings {
    private final TopicService topics;
    private final KafkaCluster kafka;

    TopicSettings(TopicService topics, KafkaCluster kafka) {
        this.topics = topics;
        this.kafka = kafka;
    }

    /**
     * What a topic is to be made with.
     *
     * @param warnings what was asked for and is not done, or is of no good
     */
    record Wanted(Map<String, String> values, List<String> warnings) {
        Wanted {
            values = Map.copyOf(values);
            warnings = List.copyOf(warnings);
        }

        static Wanted of(TopicRequests.Create request) {
            Map<String, String> values = new LinkedHashMap<>();
            request.cleanupPolicy().ifPresent(policy -> values.put("cleanup.policy", policy.value()));
            request.minInsyncReplicas().ifPresent(count -> values.put("min.insync.replicas", String.valueOf(count)));
            request.retentionMs().ifPresent(time -> values.put("retention.ms", String.valueOf(time)));
            request.retentionBytes().ifPresent(size -> values.put("retention.bytes", String.valueOf(size)));
            request.maxMessageBytes().ifPresent(size -> values.put("max.message.bytes", String.valueOf(size)));
            List<String> warnings = new ArrayList<>();
            request.customConfigs().orElse(Map.of()).forEach((name, value) -> text(name, value)
                    .ifPresent(text -> {
                        if (Optional.ofNullable(values.putIfAbsent(name, text)).isPresent()) {
                            warnings.add("'" + name
                                    + "' in 'custom_configs' has no effect beside the member of that meaning");
                        }
                    }));
            int copies = request.replicationFactor().orElse(1);
            request.minInsyncReplicas()
                    .filter(count -> count > copies)
                    .ifPresent(count -> warnings.add("'min_insync_replicas' is greater than the number of copies, "
                            + copies + ": writers that wait for all of them will be refused"));
            return new Wanted(values, warnings);
        }
    }

    List<TopicViews.Setting> read(Caller caller, String topicId) {
        topics.find(caller, topicId);
        return kafka.admin().settings(topicId).stream()
                .map(TopicViews.Setting::of)
                .toList();
    }

    List<TopicViews.Setting> change(Caller caller, String topicId, Map<String, JsonNode> configs) {
        TopicEntry topic = topics.find(caller, topicId);
        Map<String, Optional<String>> wanted = new HashMap<>();
        configs.forEach((name, value) -> wanted.put(name, text(name, value)));
        List<TopicSetting> present = kafka.admin().settings(topicId);
        if (present.isEmpty()) {
            throw TopicService.notInKafka(topic);
        }
        refuseUnknown(wanted.keySet(), present);
        if (!wanted.isEmpty()) {
            try {
                kafka.admin().changeSettings(topicId, wanted);
            } catch (BrokerRefusedException e) {
                throw new ApiProblem.BadRequest(
                        "The settings of topic '" + topicId + "' cannot be changed: " + e.getMessage());
            }
        }
        return read(caller, topicId);
    }

    private static void refuseUnknown(Set<String> wanted, List<TopicSetting> present) {
        Set<String> unknown = new HashSet<>(wanted);
        present.forEach(setting -> {
            unknown.remove(setting.name());
            if (setting.isReadOnly() && wanted.contains(setting.name())) {
                throw new ApiProblem.BadRequest("Setting '" + setting.name() + "' cannot be changed");
            }
        });
        if (!unknown.isEmpty()) {
            throw new ApiProblem.BadRequest("Kafka has no such settings of topics: "
                    + String.join(", ", unknown.stream().sorted().toList()));
        }
    }

    private static Optional<String> text(String name, JsonNode value) {
        if (value.isNull()) {
            return Optional.empty();
        }
        if (value.isValueNode()) {
            return Optional.of(value.asText());
        }
        throw new ApiProblem.BadRequest("Setting '" + name + "' has to be a text, a number, true, false or null");
    }
}
