package io.millrace.topic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicMetricsApiTest {
    private static ServedTopics served;

    @BeforeAll
    static void start(@TempDir Path folder) {
        served = ServedTopics.start(folder);
        served.topic("counted");
        served.write("counted", "a", "b", "c");
        served.measure();
    }

    @AfterAll
    static void close() {
        served.close();
    }

    @Test
    void tellsFiguresOfTheTopicsOfOwners() {
        String counted = served.ok("GET", "/topics/counted", "").get("db_id").textValue();
        String source = served.source("new");
        String unknown = "66b0f1c9a1b2c3d4e5f60000";

        JsonNode table = served.ok("POST", "/topics/table_metrics", entities(counted, "manual", source, "sources"));

        JsonNode figures = table.get(counted).get("counted");
        assertThat(figures.get("messages_in").intValue()).isEqualTo(3);
        assertThat(figures.get("messages_out").intValue()).isZero();
        assertThat(figures.get("lag").isNull()).as("no destination reads it").isTrue();
        assertThat(figures.get("last_message_timestamp").isTextual()).isTrue();
        JsonNode unwritten = table.get(source).get("source_" + source + ".public.orders");
        assertThat(unwritten).hasSize(8).allMatch(JsonNode::isNull);
        assertThat(served.ok("POST", "/topics/table_metrics", entities(unknown, "sources", counted, "sources")))
                .hasToString("{\"" + unknown + "\":{},\"" + counted + "\":{}}");
        assertThat(served.sendAsOther("POST", "/topics/table_metrics", entities(counted, "manual", source, "sources"))
                        .json()
                        .get(counted))
                .isEmpty();
    }

    @Test
    void tellsWhatCameWhen() {
        JsonNode newest = served.ok("GET", "/topics/counted/metrics", "");
        assertThat(newest.at("/data/messages_in").intValue()).isEqualTo(3);
        assertThat(newest.at("/data/size_bytes").intValue()).isPositive();
        assertThat(newest.at("/metadata/lag/unit").textValue()).isEqualTo("records");

        JsonNode series = served.ok(
                        "GET", "/topics/counted/metrics?time_type=timesummary&time_interval=6&time_unit=hours", "")
                .at("/data/messages_in");

        assertThat(series).hasSizeBetween(4, 5);
        assertThat(series.get(series.size() - 1).get("value").intValue()).isEqualTo(3);
        assertThat(series.at("/0/value").intValue()).isZero();
        assertThat(series.at("/0/timestamp").textValue()).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:00:00");
        served.refused("GET", "/topics/nope/metrics", "", 404, "Topic not found: nope");
    }

    @Test
    void tellsAllTopicsTogether() {
        served.destination("away");

        JsonNode all = served.ok(
                "GET",
                "/topics/overview?time_unit=minute&timestamp_from="
                        + Instant.now().minusSeconds(90),
                "");

        assertThat(all.get("topics").intValue() - all.get("dlq_topics").intValue())
                .isPositive();
        assertThat(all.get("dlq_topics").intValue()).isPositive();
        assertThat(all.get("events").intValue())
                .as("written by a client, by no source")
                .isZero();
        assertThat(all.get("series")).hasSizeBetween(2, 3);
    }

    @Test
    void refusesRangesThatCannotBe() {
        assertThat(served.send(
                                "GET",
                                "/topics/counted/metrics?time_type=timeseries&timestamp_from=2026-01-02T00:00:00Z"
                                        + "&timestamp_to=2026-01-01T00:00:00Z",
                                "")
                        .json()
                        .get("detail")
                        .asText())
                .contains("'timestamp_from'");
        assertThat(served.send("POST", "/topics/table_metrics", "{'entities':[],'time_unit':'blink'}")
                        .status())
                .isEqualTo(422);
    }

    private static String entities(String one, String kind, String other, String otherKind) {
        return "{'entities':[{'id':'" + one + "','entity_type':'" + kind + "'},{'id':'" + other + "','entity_type':'"
                + otherKind + "'}]}";
    }
}
