package io.millrace.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunProgressTest {
    private static final String EMPTY = "{\"id\": \"r\", \"status\": \"pending\", \"topics\": []}";

    @Test
    void readsFiguresOfEachTableAndTheirShareOfTheRun() throws IOException {
        RunProgress run = RunProgress.of(
                json(
                        """
                {"id": "r", "status": "running", "topics": [
                  {"topic_name": "public.a", "status": "completed", "rows_read": 100, "rows_estimated": 90,
                   "percent": 100, "rows_per_second": null, "eta_ms": null},
                  {"topic_name": "public.b", "status": "running", "rows_read": 50, "rows_estimated": 100,
                   "percent": 50.0, "rows_per_second": 25.5, "eta_ms": 2000}]}"""));

        assertThat(run.rows()).isEqualTo(150);
        assertThat(run.percent()).contains(75.0);
        assertThat(run.table("public.a").isFinal()).isTrue();
        assertThat(run.table("public.b"))
                .isEqualTo(new RunProgress.Table(
                        "public.b",
                        "running",
                        50,
                        Optional.of(100L),
                        Optional.of(50.0),
                        Optional.of(25.5),
                        Optional.of(Duration.ofSeconds(2))));
    }

    @Test
    void prefersToStopATableThatIsBeingRead() throws IOException {
        RunProgress run = RunProgress.of(
                json(
                        """
                {"id": "r", "status": "running", "topics": [
                  {"topic_name": "public.a", "status": "completed"},
                  {"topic_name": "public.b", "status": "pending"},
                  {"topic_name": "public.c", "status": "running"}]}"""));

        assertThat(run.firstUnfinished()).isEqualTo("public.c");
    }

    @Test
    void hasNoShareBeforeThereIsAnEstimate() throws IOException {
        assertThat(RunProgress.of(json(EMPTY)).percent()).isEmpty();
    }

    @Test
    void namesATableThatTheRunDoesNotHave() throws IOException {
        RunProgress run = RunProgress.of(json(EMPTY));

        assertThatThrownBy(() -> run.table("public.b"))
                .isInstanceOf(DemoFailure.class)
                .hasMessageContaining("public.b");
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
