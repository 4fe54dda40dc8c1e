package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    @Test
    void percentilesAreMeasuredTimes() {
        Latencies latencies = new Latencies(
                LongStream.rangeClosed(1, 200).map(n -> (201 - n) * 1_000_000).toArray());

        assertThat(latencies.percentileMillis(50)).isEqualTo(100);
        assertThat(latencies.percentileMillis(99)).isEqualTo(198);
        assertThat(latencies.percentileMillis(100)).isEqualTo(200);
        assertThat(latencies.percentileMillis(0)).isEqualTo(1);
    }

    @Test
    void nothingMeasuredIsNoResult() {
        assertThatThrownBy(() -> new Latencies(new long[0])).isInstanceOf(IllegalArgumentException.class);
    }
}
