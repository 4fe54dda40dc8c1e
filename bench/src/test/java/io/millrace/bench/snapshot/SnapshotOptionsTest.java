package io.millrace.bench.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.demo.DemoFailure;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotOptionsTest {
    @Test
    void measuresEverythingWithTheFullTableThreeTimesUnlessTold() {
        SnapshotOptions usual = SnapshotOptions.read(List.of());

        assertThat(usual.rows()).isEqualTo(1_000_000);
        assertThat(usual.repeats()).isEqualTo(3);
        assertThat(Scenario.values()).allMatch(usual::includes);
        assertThat(usual.scaled(300_000)).isEqualTo(300_000);
    }

    @Test
    void readsRowsRepeatsAndNames() {
        SnapshotOptions told =
                SnapshotOptions.read(List.of("--only", "tuned,stop", "--rows", "50000", "--repeat", "5"));

        assertThat(told.rows()).isEqualTo(50_000);
        assertThat(told.repeats()).isEqualTo(5);
        assertThat(told.includes(Scenario.STOP)).isTrue();
        assertThat(told.includes(Scenario.HEAP)).isFalse();
        assertThat(told.includes("tuned")).isTrue();
        assertThat(told.includes("avro")).isFalse();
        assertThat(told.scaled(300_000)).isEqualTo(15_000);
    }

    @Test
    void refusesWhatItDoesNotKnowInASentence() {
        for (List<String> words : List.of(
                List.of("--only", "stop,nothing"),
                List.of("--rows", "many"),
                List.of("--rows", "10"),
                List.of("--repeat"),
                List.of("--fast", "1"))) {
            assertThatThrownBy(() -> SnapshotOptions.read(words)).isInstanceOf(DemoFailure.class);
        }
    }
}
