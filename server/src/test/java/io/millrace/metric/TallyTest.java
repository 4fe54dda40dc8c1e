package io.millrace.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class TallyTest {
    @Test
    void tellsTheDelayThatAShareOfChangesDidNotExceed() {
        Tally tally = new Tally();
        tally.addDelays(10, 90);
        tally.addDelays(1_000, 9);
        tally.addDelays(8_000, 1);

        assertThat(tally.delay(0.5).orElseThrow()).isLessThanOrEqualTo(10);
        assertThat(tally.delay(0.95).orElseThrow()).isBetween(840.0, 1_000.0);
        assertThat(tally.delay(1).orElseThrow()).isCloseTo(8_000, within(0.01));
        assertThat(new Tally().delay(0.5)).isEmpty();
    }

    @Test
    void comesBackFromTheStoreAsItWas() {
        Tally tally = new Tally();
        List<Metric> all = List.of(Metric.values());
        for (int i = 0; i < all.size(); i++) {
            tally.add(all.get(i), i + 1);
        }
        tally.addDelays(16, 3);

        Tally read = Tally.ofJson(tally.toJson());

        assertThat(read.toJson()).isEqualTo(tally.toJson());
        for (int i = 0; i < all.size(); i++) {
            assertThat(read.value(all.get(i))).hasValue(i + 1);
        }
        assertThat(read.longestDelay()).hasValue(16);
    }

    @Test
    void knowsNoMomentThatWasNotMeasuredAndCountsNothingAsNought() {
        assertThat(new Tally().value(Metric.LAG)).isEmpty();
        assertThat(new Tally().value(Metric.RECORDS_IN)).hasValue(0);
    }
}
