package io.millrace.topic;

import io.millrace.http.ApiProblem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A stretch of time.
 *
 * @param to the end, which does not belong to it
 */
record TimeRange(Instant from, Instant to) {
    private static final Duration A_DAY = Duration.ofDays(1);
    private static final int MOST_BUCKETS = 200;

    TimeRange {
        if (from.isAfter(to)) {
            throw new ApiProblem.BadRequest("'timestamp_from' is later than 'timestamp_to'; exchange them");
        }
    }

    /** Returns the range that was asked for: up to now, and a day before its end, where nothing else is said. */
    static TimeRange of(Optional<Instant> from, Optional<Instant> to, Optional<Duration> length, Instant now) {
        Instant end = to.orElse(now);
        return new TimeRange(from.orElseGet(() -> end.minus(length.orElse(A_DAY))), end);
    }

    /** Returns so many units of time, by their English name in singular or plural; a month has thirty days. */
    static Duration length(int count, String unit) {
        return switch (unit) {
            case "minute", "minutes" -> Duration.ofMinutes(count);
            case "hour", "hours" -> Duration.ofHours(count);
            case "day", "days" -> Duration.ofDays(count);
            case "week", "weeks" -> Duration.ofDays(7L * count);
            case "month", "months" -> Duration.ofDays(30L * count);
            default ->
                throw new ApiProblem.BadRequest(
                        "'time_unit' must be one of: minute, hour, day, week, month; not '" + unit + "'");
        };
    }

    /** Returns the beginnings of buckets of a length, the range's own first. */
    List<Instant> buckets(Duration length) {
        List<Instant> starts = new ArrayList<>();
        for (Instant start = from; start.isBefore(to); start = start.plus(length)) {
            starts.add(start);
            if (starts.size() > MOST_BUCKETS) {
                throw new ApiProblem.BadRequest("The range has more than " + MOST_BUCKETS
                        + " buckets; take a shorter range, or longer ones with 'time_interval' and 'time_unit'");
            }
        }
        return starts;
    }
}
