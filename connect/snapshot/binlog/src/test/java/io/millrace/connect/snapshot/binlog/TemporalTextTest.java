package io.millrace.connect.snapshot.binlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;

class TemporalTextTest {
    @Test
    void timesGoBelowZeroAndBeyondADay() {
        assertThat(TemporalText.time("-838:59:59.000001")).isEqualTo(Duration.parse("-PT838H59M59.000001S"));
        assertThat(TemporalText.time("00:00:00.5")).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void aDayThatThereIsNoneOfIsNull() {
        assertThat(TemporalText.date("2026-02-00")).isNull();
        assertThat(TemporalText.dateTime("0000-00-00 00:00:00")).isNull();
        assertThat(TemporalText.dateTime("2026-03-29 02:30:00.123"))
                .isEqualTo(LocalDateTime.of(2026, 3, 29, 2, 30, 0, 123_000_000));
    }
}
