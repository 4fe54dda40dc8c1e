package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.demo.DemoFailure;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RaceOptionsTest {
    private static final Set<String> NAMES = Set.of("avro", "tuned", "stop", "heap");

    @Test
    void measuresEverythingWithTheFullTableThreeTimesUnlessTold() {
        RaceOptions usual = RaceOptions.read("it", List.of(), NAMES);

        assertThat(usual.rows()).isEqualTo(1_000_000);
        assertThat(usual.repeats()).isEqualTo(3);
        assertThat(NAMES).allMatch(usual::includes);
        assertThat(usual.scaled(300_000)).isEqualTo(300_000);
    }

    @Test
    void readsRowsRepeatsAndNames() {
        RaceOptions told =
                RaceOptions.read("it", List.of("--only", "tuned,stop", "--rows", "50000", "--repeat", "5"), NAMES);

        assertThat(told.rows()).isEqualTo(50_000);
        assertThat(told.repeats()).isEqualTo(5);
        assertThat(told.includes("stop")).isTrue();
        assertThat(told.includes("heap")).isFalse();
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
            assertThatThrownBy(() -> RaceOptions.read("it", words, NAMES)).isInstanceOf(DemoFailure.class);
        }
    }
}
