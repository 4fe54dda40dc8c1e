package io.millrace.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
        for (Metric metric : Metric.values()) {
            tally.add(metric, metric.ordinal() + 1);
        }
        tally.addDelays(16, 3);

        Tally read = Tally.ofJson(tally.toJson());

        assertThat(read.toJson()).isEqualTo(tally.toJson());
        for (Metric metric : Metric.values()) {
            assertThat(read.value(metric)).hasValue(metric.ordinal() + 1);
        }
        assertThat(read.longestDelay()).hasValue(16);
    }

    @Test
    void knowsNoMomentThatWasNotMeasuredAndCountsNothingAsNought() {
        assertThat(new Tally().value(Metric.LAG)).isEmpty();
        assertThat(new Tally().value(Metric.RECORDS_IN)).hasValue(0);
    }
}
