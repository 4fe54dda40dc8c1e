package io.millrace.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.demo.Api;
import io.millrace.testkit.MillraceLaunch;
import io.millrace.testkit.MillraceProcess;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.awaitility.Awaitility;

/** Destinations that one source flows into, as a client of the REST API and of Kafka sees them. */
final class Copies {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final MillraceProcess platform;
    private final String source;
    private final List<String> tables;
    private final Map<String, String> ids = new LinkedHashMap<>();

    /** @param tables names of tables as they stand in topics */
    Copies(MillraceProcess platform, String source, List<String> tables) {
        this.platform = platform;
        this.source = source;
        this.tables = List.copyOf(tables);
    }

    /** Makes a destination and links all tables to it; waits until it runs. */
    void add(String code, Map<String, Object> config) {
        Api api = api();
        String id = api.post("/destinations", body(Map.of("name", code, "connector", code, "config", config)))
                .path("id")
                .asText();
        ids.put(code, id);
        api.post(
                "/pipelines",
                body(Map.of(
                        "name",
                        "to " + code,
                        "source",
                        Map.of("id", source, "name", "s", "connector", "postgresql", "topics", tables),
                        "destination",
                        Map.of("id", id, "name", "d", "connector", code))));
        awaitActive(code);
    }

    private void awaitActive(String code) {
        Awaitility.await(code + " is Active")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> status(code).equals("Active"));
    }

    private String status(String code) {
        return api().get("/destinations/" + ids.get(code))
                .at("/result/0/connector_status")
                .asText();
    }

    /** Waits until a destination has confirmed the last record of every table. */
    void awaitConfirmed(String code, Duration patience) {
        Map<TopicPartition, Long> wanted = tables.stream()
                .map(table -> "source_" + source + "." + table)
                .collect(Collectors.toMap(
                        topic -> new TopicPartition(topic, 0), topic -> Topic.end(platform.kafka(), topic)));
        try (Admin kafka =
                Admin.create(Map.<String, Object>of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, platform.kafka()))) {
            Awaitility.await(code + " confirms " + wanted)
                    .atMost(patience)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> {
                        Map<TopicPartition, Long> now = confirmed(kafka, code);
                        return wanted.entrySet().stream()
                                .allMatch(last -> now.getOrDefault(last.getKey(), 0L) >= last.getValue());
                    });
        }
    }

    private Map<TopicPartition, Long> confirmed(Admin kafka, String code) throws Exception {
        String id = ids.getOrDefault(code, "");
        Map<TopicPartition, Long> all = new HashMap<>();
        for (GroupListing group : kafka.listGroups().all().get()) {
            if (group.groupId().contains(id)) {
                kafka.listConsumerGroupOffsets(group.groupId())
                        .partitionsToOffsetAndMetadata()
                        .get()
                        .forEach((partition, position) -> all.merge(partition, position.offset(), Math::max));
            }
        }
        return all;
    }

    /** Returns what each destination set aside, with the reason. */
    List<String> refusals() {
        return ids.entrySet().stream()
                .flatMap(copy ->
                        Topic.read(platform.kafka(), "destination_" + copy.getValue() + ".streamkap.deadletterqueue")
                                .stream()
                                .map(record -> copy.getKey() + ": " + reason(record)))
                .toList();
    }

    private static String reason(ConsumerRecord<byte[], byte[]> record) {
        Header reason = record.headers().lastHeader("__connect.errors.exception.message");
        return reason == null ? "without a reason" : new String(reason.value(), StandardCharsets.UTF_8);
    }

    private Api api() {
        return Api.at(platform.url()).signIn(MillraceLaunch.CLIENT_ID, MillraceLaunch.SECRET);
    }

    private static JsonNode body(Map<String, Object> values) {
        return JSON.valueToTree(values);
    }
}
