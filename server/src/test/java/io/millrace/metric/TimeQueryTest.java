package io.millrace.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.http.ApiProblem;
import io.millrace.metric.TimeQuery.Unit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimeQueryTest {
    private static final Instant NOW = Instant.parse("2026-01-15T12:34:56Z");

    @Test
    void meansTheLastDayByHoursWhenNothingIsSaid() {
        TimeQuery.Buckets buckets = query(1, Optional.empty(), "", "").buckets(NOW, Unit.HOUR);

        assertThat(buckets.starts()).hasSize(25);
        assertThat(buckets.starts().get(0)).isEqualTo("2026-01-14T12:00:00Z");
        assertThat(buckets.starts().get(24)).isEqualTo("2026-01-15T12:00:00Z");
        assertThat(buckets.end()).isEqualTo("2026-01-15T13:00:00Z");
        assertThat(buckets.resolution()).isEqualTo(Resolution.HOUR);
    }

    @Test
    void beginsWeeksOnMondaysAndMonthsOnTheFirst() {
        assertThat(query(1, Optional.of(Unit.WEEK), "2026-01-01T05:00:00Z", "")
                        .buckets(NOW, Unit.HOUR)
                        .starts())
                .isEqualTo(times("2025-12-29", "2026-01-05", "2026-01-12"));
        assertThat(query(1, Optional.of(Unit.MONTHS), "2025-11-20T00:00:00Z", "")
                        .buckets(NOW, Unit.HOUR)
                        .starts())
                .isEqualTo(times("2025-11-01", "2025-12-01", "2026-01-01"));
    }

    @Test
    void readsMinutesOnlyAsLongAsTheyAreKept() {
        assertThat(query(5, Optional.of(Unit.MINUTE), "2026-01-14T00:00:00Z", "")
                        .buckets(NOW, Unit.HOUR)
                        .resolution())
                .isEqualTo(Resolution.MINUTE);
        assertThat(query(5, Optional.of(Unit.MINUTE), "2026-01-10T00:00:00Z", "2026-01-11T00:00:00Z")
                        .buckets(NOW, Unit.HOUR)
                        .resolution())
                .isEqualTo(Resolution.HOUR);
        assertThat(query(1, Optional.of(Unit.HOURS), "2025-08-01T00:00:00Z", "2025-08-02T00:00:00Z")
                        .buckets(NOW, Unit.HOUR)
                        .resolution())
                .isEqualTo(Resolution.DAY);
    }

    @Test
    void endsNowAndBeginsWhenTheOldestFiguresDo() {
        TimeQuery.Buckets buckets = query(1, Optional.of(Unit.DAY), "0001-01-01T00:00:00Z", "9999-01-01T00:00:00Z")
                .buckets(NOW, Unit.HOUR);

        assertThat(buckets.starts()).hasSize(733);
        assertThat(buckets.end()).isEqualTo("2026-01-16T00:00:00Z");
    }

    @Test
    void hasOneBucketOfAWidthThatIsBeyondEverything() {
        assertThat(query(Integer.MAX_VALUE, Optional.of(Unit.MONTH), "2026-01-01T00:00:00Z", "")
                        .buckets(NOW, Unit.HOUR)
                        .starts())
                .hasSize(1);
    }

    @Test
    void refusesARangeThatEndsBeforeItBeginsAndOneWithTooManyBuckets() {
        assertThatThrownBy(() -> query(1, Optional.empty(), "2026-01-15T00:00:00Z", "2026-01-14T00:00:00Z")
                        .buckets(NOW, Unit.HOUR))
                .isInstanceOf(ApiProblem.Invalid.class)
                .hasMessageContaining("timestamp_from");
        assertThatThrownBy(() -> query(1, Optional.of(Unit.MINUTE), "2025-01-01T00:00:00Z", "")
                        .buckets(NOW, Unit.HOUR))
                .isInstanceOf(ApiProblem.Invalid.class)
                .hasMessageContaining("more than 5000 buckets");
    }

    private static TimeQuery query(int interval, Optional<Unit> unit, String from, String to) {
        return new TimeQuery(Optional.empty(), interval, unit, time(from), time(to));
    }

    private static Optional<Instant> time(String text) {
        return Optional.of(text).filter(given -> !given.isEmpty()).map(Instant::parse);
    }

    private static List<Instant> times(String... days) {
        return List.of(days).stream()
                .map(day -> Instant.parse(day + "T00:00:00Z"))
                .toList();
    }
}
