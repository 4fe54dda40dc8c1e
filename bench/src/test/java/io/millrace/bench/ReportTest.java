package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private static final Machine MACHINE = new Machine("Some CPU", 2, 24_000, "Linux 6", "Java 17");

    @Test
    void isGoodOnlyWhenEveryGoalIsReached() {
        Figure reached = Figure.atMost(5, "start", 5.0, "s");
        Figure missed = Figure.atMost(5, "start", 5.1, "s");
        Figure told = Figure.told("requests", 1_000, "");

        assertThat(report(reached, told).isGood()).isTrue();
        assertThat(report(reached, missed).isGood()).isFalse();
    }

    @Test
    void writesMachineAndFiguresAsJson(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("new/start.json");

        report(Figure.atMost(5, "start", 4.25, "s")).write(file);

        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertThat(json.at("/machine/cores").asInt()).isEqualTo(2);
        assertThat(json.at("/figures/0/value").asDouble()).isEqualTo(4.25);
        assertThat(json.at("/figures/0/at_most").asDouble()).isEqualTo(5);
        assertThat(json.at("/figures/0/reached").asBoolean()).isTrue();
    }

    @Test
    void tellsTheMedianOfMeasurementsWithTheirSpread(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("rates.json");
        Figure rate = Figure.median("rate", new double[] {9, 30, 10}, "rows/s").toBeAtLeast(12);

        report(rate).write(file);

        JsonNode json = new ObjectMapper().readTree(file.toFile()).at("/figures/0");
        assertThat(json.path("value").asDouble()).isEqualTo(10);
        assertThat(json.path("least").asDouble()).isEqualTo(9);
        assertThat(json.path("greatest").asDouble()).isEqualTo(30);
        assertThat(json.path("at_least").asDouble()).isEqualTo(12);
        assertThat(json.path("reached").asBoolean()).isFalse();
    }

    @Test
    void whatFailedIsNotReached() {
        assertThat(report(Figure.failed("stop")).isGood()).isFalse();
    }

    private static Report report(Figure... figures) {
        return new Report("start", Instant.EPOCH, MACHINE, List.of(figures));
    }
}
