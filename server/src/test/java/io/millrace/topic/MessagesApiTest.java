package io.millrace.topic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of messages, of several partitions. */
class MessagesApiTest {
    private static ServedTopics served;

    @BeforeAll
    static void start(@TempDir Path folder) {
        served = ServedTopics.start(folder);
        served.ok("POST", "/topics", "{'topic_name':'pages','num_partitions':3}");
        for (int i = 0; i < 20; i++) {
            // The first partition has most of them, and the last has none.
            write("pages", i % 4 == 0 ? 1 : 0, "message " + i);
        }
    }

    @AfterAll
    static void close() {
        served.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"newest", "oldest"})
    void showsEachMessageOnceAndTheSamePagesOnTheWayBack(String order) {
        List<List<String>> pages = new ArrayList<>();
        List<JsonNode> answers = new ArrayList<>();
        String seen = "";
        boolean more = true;
        while (more) {
            JsonNode page = page("pages", "page_size=3&order=" + order + seen);
            pages.add(values(page));
            answers.add(page);
            seen = "&last_seen_offsets=" + page.get("last_seen_offsets").textValue();
            more = page.get("has_next").booleanValue();
        }

        List<String> all = pages.stream().flatMap(List::stream).toList();
        assertThat(all).hasSize(20).doesNotHaveDuplicates();
        assertThat(all.get(0)).isEqualTo(order.equals("newest") ? "message 19" : "message 0");
        for (int i = pages.size() - 1; i > 0; i--) {
            String first = answers.get(i).get("first_seen_offsets").textValue();
            assertThat(values(page("pages", "page_size=3&order=" + order + "&first_seen_offsets=" + first)))
                    .isEqualTo(pages.get(i - 1));
        }
    }

    @Test
    void keepsWhatContainsAText() {
        assertThat(values(page("pages", "order=oldest&query=message+1"))).hasSize(11);
        assertThat(values(page("pages", "partition=1&query=message+4"))).containsExactly("message 4");
        assertThat(values(page("pages", "partition=2"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"newest", "oldest"})
    void endsAPageThatWouldBeTooLong(String order) {
        String topic = "long." + order;
        served.ok("POST", "/topics", "{'topic_name':'" + topic + "'}");
        String value = "x".repeat(1_000_000);
        for (int i = 0; i < 20; i++) {
            write(topic, 0, i + value);
        }

        JsonNode page = page(topic, "order=" + order);
        JsonNode next = page(
                topic,
                "order=" + order + "&last_seen_offsets="
                        + page.get("last_seen_offsets").textValue());

        assertThat(page.get("has_next").booleanValue()).isTrue();
        assertThat(page.get("result").size() + next.get("result").size()).isEqualTo(20);
        assertThat(next.get("has_next").booleanValue()).isFalse();
    }

    private static void write(String topic, int partition, String value) {
        served.ok(
                "POST",
                "/topics/" + topic + "/messages",
                "{'value':'" + value + "','value_format':'string','partition':" + partition + "}");
    }

    private static JsonNode page(String topic, String query) {
        return served.ok("GET", "/topics/" + topic + "/messages?" + query, "");
    }

    private static List<String> values(JsonNode page) {
        return page.get("result").findValuesAsText("value");
    }
}
