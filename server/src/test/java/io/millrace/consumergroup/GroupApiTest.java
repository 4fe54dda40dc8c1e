package io.millrace.consumergroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.engine.PartitionId;
import io.millrace.engine.TopicSpec;
import io.millrace.topic.ServedTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupApiTest {
    private static ServedTopics served;

    @BeforeAll
    static void start(@TempDir Path folder) {
        served = ServedTopics.start(folder);
    }

    @AfterAll
    static void close() {
        served.close();
    }

    @Test
    void showsHowFarAGroupIsAndRefusesAResetWhileItHasMembers() {
        served.topic("orders");
        served.write("orders", "a", "b", "c");
        try (KafkaConsumer<byte[], byte[]> consumer = consumer("readers")) {
            consumer.subscribe(List.of("orders"));
            await().until(() -> !consumer.poll(Duration.ofMillis(100)).isEmpty());
            consumer.commitSync();
            served.write("orders", "d", "e");

            JsonNode group = served.ok("GET", "/consumer-groups/readers", "");

            assertThat(group.get("state").textValue()).isEqualTo("Stable");
            assertThat(group.get("members_count").intValue()).isOne();
            assertThat(group.get("topics")).hasToString("[\"orders\"]");
            assertThat(group.get("lag").intValue()).isEqualTo(2);
            assertThat(group.get("entity").isNull()).isTrue();
            String member = group.at("/members/0/member_id").textValue();
            assertThat(group.at("/members/0/assignments")).hasToString("[{\"topic\":\"orders\",\"partitions\":[0]}]");
            assertThat(group.get("offsets"))
                    .hasToString("[{\"topic\":\"orders\",\"partition\":0,\"committed_offset\":3,\"latest_offset\":5,"
                            + "\"lag\":2,\"member_id\":\"" + member + "\"}]");
            served.refused(
                    "POST",
                    "/consumer-groups/readers/reset-offsets",
                    "{'topics':['orders'],'strategy':'earliest'}",
                    409,
                    "Consumer group 'readers' has live members; stop its consumers first");
            assertThat(served.ok("GET", "/topics/orders/stats", "")
                            .get("consumer_lag")
                            .intValue())
                    .isEqualTo(2);
        }
        await().until(() -> served.ok("GET", "/consumer-groups/readers", "")
                .get("state")
                .textValue()
                .equals("Empty"));

        assertThat(reset("readers", "'strategy':'earliest'"))
                .hasToString("{\"group_id\":\"readers\",\"strategy\":\"earliest\",\"partitions\":"
                        + "[{\"topic\":\"orders\",\"partition\":0,\"old_offset\":3,\"new_offset\":0}]}");
        assertThat(newOffset("readers", "'strategy':'latest'")).isEqualTo(5);
        assertThat(newOffset("readers", "'strategy':'offset','offset':2")).isEqualTo(2);
        assertThat(newOffset("readers", "'strategy':'offset','offset':-7")).isZero();
        assertThat(newOffset("readers", "'strategy':'offset','offset':99")).isEqualTo(5);
        assertThat(newOffset("readers", "'strategy':'timestamp','timestamp':0")).isZero();
        assertThat(newOffset("readers", "'strategy':'timestamp','timestamp':99999999999999"))
                .isEqualTo(5);
        assertThat(served.ok("GET", "/consumer-groups/readers", "")
                        .at("/offsets/0/committed_offset")
                        .intValue())
                .isEqualTo(5);
        served.refused(
                "POST",
                "/consumer-groups/readers/reset-offsets",
                "{'topics':['orders'],'strategy':'timestamp'}",
                400,
                "Strategy 'timestamp' needs 'timestamp'");
        served.refused(
                "POST",
                "/consumer-groups/readers/reset-offsets",
                "{'topics':['orders'],'strategy':'offset'}",
                400,
                "Strategy 'offset' needs 'offset'");
        served.refused(
                "POST",
                "/consumer-groups/readers/reset-offsets",
                "{'topics':['orders','millrace.snapshot.desired'],'strategy':'latest'}",
                400,
                "Unknown topics for consumer group 'readers': millrace.snapshot.desired");
        served.refused(
                "POST",
                "/consumer-groups/readers/reset-offsets",
                "{'topics':[],'strategy':'latest'}",
                400,
                "'topics' is empty; name the topics whose offsets are to be reset");
    }

    @Test
    void listsGroupsOfDestinationsAndOfOthersAndHidesWhatIsNotTheServices() {
        served.topic("seen");
        served.write("seen", "a", "b");
        served.kafka().createTopic(new TopicSpec("hidden", 1, Map.of()));
        String destination = served.destination("mine");
        String sink = "connect-destination_" + destination;
        commit(sink, "seen", 0);
        commit("both", "seen", 1);
        commit("both", "hidden", 0);
        commit("foreign", "hidden", 0);
        commit("connect-destination_66b0f1c9a1b2c3d4e5f60000", "seen", 0);

        assertThat(ids("topic_id=seen")).containsExactly("both", sink);
        assertThat(ids("topic_id=seen&sort=lag&sort_dir=desc")).containsExactly(sink, "both");
        assertThat(ids("entity_id=" + destination)).containsExactly(sink);
        assertThat(ids("partial_name=BOT&state=Empty,Dead")).containsExactly("both");
        assertThat(ids("topic_id=seen&state=Stable")).isEmpty();
        assertThat(ids("topic_id=hidden")).isEmpty();
        JsonNode page = served.ok("GET", "/consumer-groups?topic_id=seen&page_size=1&page=2", "");
        assertThat(page.get("total").intValue()).isEqualTo(2);
        assertThat(page.at("/result/0/entity/name").textValue()).isEqualTo("mine");
        assertThat(page.at("/result/0/lag").intValue()).isEqualTo(2);
        assertThat(served.ok("GET", "/consumer-groups/both", "").get("topics")).hasToString("[\"seen\"]");
        for (String hidden : List.of("foreign", "nobody", "connect-destination_66b0f1c9a1b2c3d4e5f60000")) {
            served.refused("GET", "/consumer-groups/" + hidden, "", 404, "Consumer group not found: " + hidden);
        }
        assertThat(served.sendAsOther("GET", "/consumer-groups", "")
                        .json()
                        .get("total")
                        .intValue())
                .isZero();
        assertThat(served.sendAsOther("GET", "/consumer-groups/both", "").status())
                .isEqualTo(404);
        assertThat(served.sendAsOther(
                                "POST",
                                "/consumer-groups/both/reset-offsets",
                                "{'topics':['seen'],'strategy':'earliest'}")
                        .status())
                .isEqualTo(404);
    }

    private static void commit(String group, String topic, long offset) {
        served.kafka().groups().alter(group, Map.of(new PartitionId(topic, 0), offset));
    }

    private static JsonNode reset(String group, String how) {
        return served.ok("POST", "/consumer-groups/" + group + "/reset-offsets", "{'topics':['orders']," + how + "}");
    }

    private static int newOffset(String group, String how) {
        return reset(group, how).at("/partitions/0/new_offset").intValue();
    }

    private static List<String> ids(String query) {
        return served.ok("GET", "/consumer-groups?" + query, "").get("result").findValuesAsText("group_id");
    }

    private static KafkaConsumer<byte[], byte[]> consumer(String group) {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        served.kafka().bootstrapServers(),
                        "group.id",
                        group,
                        "auto.offset.reset",
                        "earliest",
                        "enable.auto.commit",
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}
