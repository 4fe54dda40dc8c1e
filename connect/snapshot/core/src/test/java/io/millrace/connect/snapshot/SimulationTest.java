package io.millrace.connect.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Holds the engine to S1 to S7 over many schedules; {@code -Dmillrace.simulation.seed=N} runs one again. */
class SimulationTest {
    private static final long SCHEDULES = Boolean.getBoolean("millrace.soak") ? 400_000 : 20_000;

    @Test
    void noScheduleBreaksAnInvariant() {
        Optional<String> violation = seeds().mapToObj(SimulationTest::violation)
                .flatMap(Optional::stream)
                .findFirst();

        assertThat(violation).isEmpty();
    }

    private static LongStream seeds() {
        Long seed = Long.getLong("millrace.simulation.seed");
        return seed == null ? LongStream.range(0, SCHEDULES).parallel() : LongStream.of(seed);
    }

    /** Runs a schedule; returns what it broke, with the seed. */
    static Optional<String> violation(long seed) {
        try {
            new Simulation(seed).run();
            return Optional.empty();
        } catch (AssertionError | RuntimeException e) {
            return Optional.of("seed " + seed + ": " + e);
        }
    }
}
