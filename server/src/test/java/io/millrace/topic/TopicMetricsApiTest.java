package io.millrace.topic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.engine.PartitionId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
        served.kafka().groups().alter("slow", Map.of(new PartitionId("counted", 0), 1L));
        served.kafka().groups().alter("quick", Map.of(new PartitionId("counted", 0), 3L));
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
        assertThat(figures.get("lag").intValue()).isEqualTo(2);
        assertThat(figures.get("last_message_timestamp").isTextual()).isTrue();
        assertThat(table.get(source).get("source_" + source + ".public.orders"))
                .hasToString("{\"messages_in\":null,\"lag\":null,\"errors\":null,\"last_message_timestamp\":null}");
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
        assertThat(newest.at("/data/lag").intValue()).isEqualTo(2);
        assertThat(newest.at("/metadata/lag/unit").textValue()).isEqualTo("messages");

        JsonNode series = served.ok(
                        "GET", "/topics/counted/metrics?time_type=timeseries&time_interval=6&time_unit=hours", "")
                .at("/data/messages_in");

        assertThat(series).hasSize(4);
        assertThat(series.valueStream().map(point -> point.get("value").intValue()))
                .isEqualTo(List.of(0, 0, 0, 3));
        assertThat(series.at("/0/timestamp").textValue()).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d");
        assertThat(served.ok("GET", "/topics/counted/metrics?timestamp_to=2020-01-01T00:00:00Z", "")
                        .at("/data/messages_in")
                        .intValue())
                .isZero();
    }

    @Test
    void refusesRangesThatCannotBe() {
        served.refused(
                "GET",
                "/topics/counted/metrics?timestamp_from=2026-01-02T00:00:00Z&timestamp_to=2026-01-01T00:00:00Z",
                "",
                400,
                "'timestamp_from' is later than 'timestamp_to'; exchange them");
        served.refused(
                "GET",
                "/topics/counted/metrics?time_type=timesummary&time_unit=minute",
                "",
                400,
                "The range has more than 200 buckets; take a shorter range, or longer ones with 'time_interval' and"
                        + " 'time_unit'");
        served.refused(
                "POST",
                "/topics/table_metrics",
                "{'entities':[],'time_unit':'blink'}",
                400,
                "'time_unit' must be one of: minute, hour, day, week, month; not 'blink'");
    }

    private static String entities(String one, String kind, String other, String otherKind) {
        return "{'entities':[{'id':'" + one + "','entity_type':'" + kind + "'},{'id':'" + other + "','entity_type':'"
                + otherKind + "'}]}";
    }
}
