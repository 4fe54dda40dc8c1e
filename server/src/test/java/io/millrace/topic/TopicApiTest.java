package io.millrace.topic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.engine.ConnectorName;
import io.millrace.engine.TopicSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicApiTest {
    private static final String DEVELOPMENT = "670e5ca40afe1d3983ce0c22";

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
    void makesATopicAndDeletesItAgain() {
        JsonNode made = served.ok(
                "POST",
                "/topics",
                "{'topic_name':'made.by.hand','num_partitions':3,'retention_ms':60000,'cleanup_policy':'delete,compact',"
                        + "'min_insync_replicas':2,'custom_configs':{'max.message.bytes':2048,'retention.ms':1}}");

        assertThat(made.get("id").textValue()).isEqualTo("made.by.hand");
        assertThat(made.get("name").textValue()).isEqualTo("made.by.hand");
        assertThat(made.get("num_partitions").intValue()).isEqualTo(3);
        assertThat(made.get("replication_factor").intValue()).isOne();
        assertThat(made.get("prefix").isNull()).isTrue();
        assertThat(made.at("/entity/entity_type").textValue()).isEqualTo("manual");
        assertThat(made.get("warnings")).hasSize(2);

        JsonNode topic = served.ok("GET", "/topics/made.by.hand?detailed=true", "");
        assertThat(topic.get("topic_id")).isEqualTo(made.get("id"));
        assertThat(topic.get("partition_count").intValue()).isEqualTo(3);
        assertThat(topic.at("/kafka/partitions/count").intValue()).isEqualTo(3);
        assertThat(topic.at("/kafka/partitions/details")).hasSize(3);
        assertThat(topic.at("/kafka/configs/retention.ms").textValue()).isEqualTo("60000");
        assertThat(topic.at("/kafka/configs/max.message.bytes").textValue()).isEqualTo("2048");
        assertThat(topic.at("/serialization/value_format").textValue()).isEqualTo("unknown");

        assertThat(served.ok("DELETE", "/topics/made.by.hand", "").get("id")).isEqualTo(made.get("id"));
        served.refused("GET", "/topics/made.by.hand", "", 404, "Topic not found: made.by.hand");
        served.refused("DELETE", "/topics/made.by.hand", "", 404, "Could not find the topic 'made.by.hand'");
        assertThat(served.kafka().topics()).doesNotContain("made.by.hand");
        assertThat(served.topic("made.by.hand")).isEqualTo("made.by.hand");
    }

    @Test
    void refusesTopicsThatCannotBe() {
        served.topic("there.already");

        served.refused(
                "POST",
                "/topics",
                "{'topic_name':'there.already'}",
                409,
                "Topic name 'there.already' is taken; choose another");
        served.refused(
                "POST",
                "/topics",
                "{'topic_name':'millrace.snapshot.desired'}",
                400,
                "Topic name 'millrace.snapshot.desired' is kept for topics that the platform makes; choose one that begins"
                        + " with neither '_', 'millrace.', nor the prefix of a source, destination, transform or pipeline");
        served.refused(
                "POST",
                "/topics",
                "{'topic_name':'there_already'}",
                400,
                "Topic name 'there_already' differs from that of another topic in nothing but dots and underscores; choose"
                        + " another");
        served.refused(
                "POST",
                "/topics",
                "{'topic_name':'much','num_partitions':100000}",
                400,
                "Topic 'much' cannot have 100000 partitions; a topic has at most 1000");
        assertThat(served.send("POST", "/topics", "{'topic_name':'odd','custom_configs':{'retention.ms':'soon'}}")
                        .json()
                        .get("detail")
                        .textValue())
                .startsWith("Topic 'odd' cannot be created: Invalid value soon for configuration retention.ms");
        assertThat(served.send("POST", "/topics", "{'topic_name':'a b'}").status())
                .isEqualTo(400);
        // What was refused left nothing behind.
        assertThat(served.topic("odd")).isEqualTo("odd");
    }

    @Test
    void takesNoTopicOfKafkaThatItDidNotMake() {
        served.kafka().createTopic(new TopicSpec("foreign", 1, Map.of()));

        served.refused(
                "POST", "/topics", "{'topic_name':'foreign'}", 409, "Topic name 'foreign' is taken; choose another");
        served.refused("GET", "/topics/foreign", "", 404, "Topic not found: foreign");
    }

    @Test
    void raisesPartitionsAndPutsTags() {
        served.topic("wide");

        JsonNode wide =
                served.ok("PUT", "/topics/wide", "{'payload':{'partition_count':3,'tags':['" + DEVELOPMENT + "']}}");

        assertThat(wide.get("partition_count").intValue()).isEqualTo(3);
        assertThat(wide.get("tags")).hasToString("[\"" + DEVELOPMENT + "\"]");
        assertThat(served.ok("PUT", "/topics/wide", "{'payload':{'partition_count':3}}")
                        .get("tags"))
                .hasSize(1);
        assertThat(served.ok("PUT", "/topics/wide", "{'payload':{'tags':[]}}").get("tags"))
                .isEmpty();
        served.refused(
                "PUT",
                "/topics/wide",
                "{'payload':{'partition_count':2}}",
                400,
                "New partition count (2) must be greater than the current count (3)");
        served.refused(
                "PUT",
                "/topics/wide",
                "{'payload':{}}",
                400,
                "Nothing to change; send 'partition_count' or 'tags' in 'payload'");
    }

    @Test
    void makesTheTopicOfASourceThatKafkaDoesNotHaveYet() {
        String topic = "source_" + served.source("early") + ".public.orders";

        assertThat(served.ok("GET", "/topics/" + topic, "")
                        .get("partition_count")
                        .intValue())
                .isOne();
        JsonNode made = served.ok("PUT", "/topics/" + topic, "{'payload':{'partition_count':2}}");

        assertThat(made.get("partition_count").intValue()).isEqualTo(2);
        assertThat(made.get("name").textValue()).isEqualTo("public.orders");
        assertThat(made.at("/kafka/configs/retention.ms").textValue()).isEqualTo("604800000");
        assertThat(served.send("DELETE", "/topics/" + topic, "").status()).isEqualTo(409);
        served.refused(
                "POST",
                "/topics/" + topic + "/messages",
                "{'value':1}",
                409,
                "Topic '" + topic
                        + "' is written by source 'early'; messages can be written to topics that were made by hand");
    }

    @Test
    void changesSettingsAndPutsThemBack() {
        served.topic("settings");

        JsonNode changed =
                served.ok("PUT", "/topics/settings/configs", "{'configs':{'retention.ms':5000,'preallocate':true}}");

        assertThat(setting(changed, "retention.ms"))
                .hasToString("{\"name\":\"retention.ms\",\"value\":\"5000\",\"default_value\":\"604800000\","
                        + "\"is_default\":false,\"is_read_only\":false,\"source\":\"DYNAMIC_TOPIC_CONFIG\"}");
        assertThat(setting(changed, "preallocate").get("value").textValue()).isEqualTo("true");
        JsonNode back = served.ok("PUT", "/topics/settings/configs", "{'configs':{'retention.ms':null}}");
        assertThat(setting(back, "retention.ms").get("is_default").booleanValue())
                .isTrue();
        assertThat(setting(back, "preallocate").get("is_default").booleanValue())
                .isFalse();
        served.refused(
                "PUT",
                "/topics/settings/configs",
                "{'configs':{'b':1,'a':2}}",
                400,
                "Kafka has no such settings of topics: a, b");
        assertThat(served.send("PUT", "/topics/settings/configs", "{'configs':{'retention.ms':'soon'}}")
                        .json()
                        .get("detail")
                        .textValue())
                .startsWith("The settings of topic 'settings' cannot be changed: Invalid value soon");
        assertThat(served.ok("GET", "/topics/settings/configs", "")).isEqualTo(back);
    }

    @Test
    void writesMessagesThatAreReadAgain() {
        served.topic("talk");
        served.ok(
                "POST",
                "/topics/talk/messages",
                "{'key':7,'value':{'a':[1,null]},'headers':{'from':'me'},'partition':0}");
        served.ok("POST", "/topics/talk/messages", "{'value':'AAE=','value_format':'bytearray'}");
        served.ok("POST", "/topics/talk/messages", "{'key':'gone','value':null}");

        JsonNode read =
                served.ok("GET", "/topics/talk/messages?order=oldest", "").get("result");

        assertThat(read).hasSize(3);
        assertThat(read.at("/0/key").asText()).isEqualTo("7");
        assertThat(read.at("/0/value")).hasToString("{\"a\":[1,null]}");
        assertThat(read.at("/0/headers/from").textValue()).isEqualTo("me");
        assertThat(read.at("/1/value").textValue()).isEqualTo("\u0000\u0001");
        assertThat(read.at("/2/is_tombstone").booleanValue()).isTrue();
        served.refused(
                "POST",
                "/topics/talk/messages",
                "{'value':1,'partition':1}",
                400,
                "Topic 'talk' has no partition 1; its partitions are 0 to 0");
        served.refused(
                "POST",
                "/topics/talk/messages",
                "{'value':1,'value_format':'avro'}",
                400,
                "Subject 'talk-value' has no schema to write Avro with; register one, or choose another format");
        served.refused(
                "POST",
                "/topics/talk/messages",
                "{'value':'%','value_format':'bytearray'}",
                400,
                "A bytearray has to be a text in Base64");
        assertThat(served.send("POST", "/topics/talk/messages", "{'value':1,'value_format':'protobuf'}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void saysWhatATopicHolds() {
        served.topic("held");
        assertThat(served.ok("GET", "/topics/held/stats", ""))
                .hasToString("{\"topic_id\":\"held\",\"messages\":0,\"bytes\":0,\"consumer_lag\":null,"
                        + "\"earliest_timestamp\":null,\"last_message_timestamp\":null,\"partitions\":"
                        + "[{\"partition\":0,\"earliest_offset\":0,\"latest_offset\":0,\"bytes\":0}]}");

        served.write("held", "one", "two");

        JsonNode stats = served.ok("GET", "/topics/held/stats", "");
        assertThat(stats.get("messages").intValue()).isEqualTo(2);
        assertThat(stats.get("bytes").intValue()).isPositive();
        assertThat(stats.get("last_message_timestamp").textValue())
                .isGreaterThanOrEqualTo(stats.get("earliest_timestamp").textValue());
    }

    @Test
    void bindsADestinationWithoutAPipeline() {
        String destination = served.destination("bound");
        served.topic("bound.topic");
        String path = "/topics/bound.topic/destinations/" + destination;
        served.refused(
                "GET", path, "", 404, "Binding not found: topic 'bound.topic' is not bound to destination 'bound'");

        JsonNode binding = served.ok("PUT", path, "");

        assertThat(served.ok("PUT", path, "")).isEqualTo(binding);
        assertThat(served.ok("GET", path, "")).isEqualTo(binding);
        assertThat(binding.get("topic_ids")).hasToString("[\"bound.topic\"]");
        Awaitility.await().untilAsserted(() -> assertThat(
                        served.engine().configs.get(new ConnectorName("destination_" + destination)))
                .containsEntry("topics", "bound.topic"));
        assertThat(served.ok("GET", "/destinations/" + destination, "").at("/result/0/topic_ids"))
                .hasToString("[\"bound.topic\"]");
        assertThat(served.send("DELETE", "/destinations/" + destination, "").status())
                .isEqualTo(409);
        served.refused(
                "DELETE",
                "/topics/bound.topic",
                "",
                409,
                "Topic 'bound.topic' is used by destination 'bound'; take it out of that first");
        assertThat(served.ok("DELETE", path, "")).isEqualTo(binding);
        Awaitility.await().untilAsserted(() -> assertThat(
                        served.engine().configs.get(new ConnectorName("destination_" + destination)))
                .doesNotContainKey("topics"));
        served.ok("DELETE", "/destinations/" + destination, "");
    }

    @Test
    void listsTopicsOfAllOwnersAndLeavesOutDeadLetters() {
        String source = served.source("listed");
        String destination = served.destination("listed");
        String letters = "destination_" + destination + ".streamkap.deadletterqueue";
        served.topic("listed.by.hand");

        assertThat(ids("entity_id=" + source + "," + destination))
                .containsExactly("source_" + source + ".public.orders", letters);
        assertThat(ids("entity_id=" + destination + "&include_dlq=false")).isEmpty();
        assertThat(ids("entity_type=manual&partial_name=BY.HAND&sort=name"))
                .contains("listed.by.hand")
                .doesNotContain(letters);
        assertThat(ids("value_format=unknown&entity_id=" + source)).isEmpty();
        assertThat(ids("value_format=avro&entity_id=" + source)).hasSize(1);
        assertThat(served.send("GET", "/topics/details?entity_type=pipelines", "")
                        .status())
                .isEqualTo(400);
        assertThat(served.send("PUT", "/topics/" + letters, "{'payload':{'partition_count':2}}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void deletesManyAndSaysOfEachHowItWent() {
        served.topic("many.1");
        String good = served.ok("GET", "/topics/many.1", "").get("db_id").textValue();
        String captured = served.ok("GET", "/topics/source_" + served.source("many") + ".public.orders", "")
                .get("db_id")
                .textValue();

        JsonNode outcome = served.ok(
                "DELETE",
                "/topics/bulk/delete",
                "{'topic_ids':['" + good + "','" + captured + "','66b0f1c9a1b2c3d4e5f60000']}");

        assertThat(outcome.get("summary")).hasToString("{\"total\":3,\"succeeded\":1,\"failed\":2}");
        assertThat(outcome.at("/results/0/message").textValue()).isEqualTo("Topic 'many.1' deleted");
        assertThat(outcome.at("/results/2/message").textValue())
                .isEqualTo("Could not find the topic '66b0f1c9a1b2c3d4e5f60000'");
    }

    @Test
    void showsNothingToAnotherService() {
        served.topic("private");
        String destination = served.destination("private");
        served.ok("PUT", "/topics/private/destinations/" + destination, "");

        for (String call : List.of(
                "GET /topics/private",
                "DELETE /topics/private",
                "GET /topics/private/stats",
                "GET /topics/private/configs",
                "GET /topics/private/messages",
                "GET /topics/private/destinations/" + destination,
                "DELETE /topics/private/destinations/" + destination)) {
            String[] parts = call.split(" ", -1);
            assertThat(served.sendAsOther(parts[0], parts[1], "").status())
                    .as(call)
                    .isEqualTo(404);
        }
        assertThat(served.sendAsOther("PUT", "/topics/private", "{'payload':{'partition_count':2}}")
                        .status())
                .isEqualTo(404);
        assertThat(served.sendAsOther("PUT", "/topics/private/configs", "{'configs':{}}")
                        .status())
                .isEqualTo(404);
        assertThat(served.sendAsOther("POST", "/topics/private/messages", "{'value':1}")
                        .status())
                .isEqualTo(404);
        assertThat(served.sendAsOther("GET", "/topics/details", "")
                        .json()
                        .get("total")
                        .intValue())
                .isZero();
        assertThat(served.sendAsOther("POST", "/topics", "{'topic_name':'private'}")
                        .status())
                .isEqualTo(409);
    }

    private static List<String> ids(String query) {
        return served.ok("GET", "/topics/details?" + query, "").get("result").findValuesAsText("id");
    }

    private static JsonNode setting(JsonNode settings, String name) {
        return settings.valueStream()
                .filter(setting -> setting.get("name").textValue().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
