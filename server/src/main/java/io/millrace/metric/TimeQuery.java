package io.millrace.metric;

import io.millrace.http.ApiProblem;
import io.millrace.http.shape.Default;
import io.millrace.http.shape.Min;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which figures of which time are wanted, as clients ask for them.
 *
 * @param timeInterval width of a bucket in {@code timeUnit}
 * @param timestampFrom by default a day before the end
 * @param timestampTo by default now
 */
public record TimeQuery(
        Optional<Form> timeType,
        @Default("1") @Min(1) int timeInterval,
        Optional<Unit> timeUnit,
        Optional<Instant> timestampFrom,
        Optional<Instant> timestampTo) {
    private static final int MOST_BUCKETS = 5_000;

    /** Which form of figures is wanted. */
    public enum Form {
        /** Counts as they stood at the end of each bucket. */
        TIMESERIES,
        /** Counts of each bucket. */
        TIMESUMMARY,
        /** The newest figures only. */
        LATEST
    }

    /** Unit of the width of a bucket, in both of its numbers. */
    public enum Unit {
        MINUTE(ChronoUnit.MINUTES),
        MINUTES(ChronoUnit.MINUTES),
        HOUR(ChronoUnit.HOURS),
        HOURS(ChronoUnit.HOURS),
        DAY(ChronoUnit.DAYS),
        DAYS(ChronoUnit.DAYS),
        WEEK(ChronoUnit.WEEKS),
        WEEKS(ChronoUnit.WEEKS),
        MONTH(ChronoUnit.MONTHS),
        MONTHS(ChronoUnit.MONTHS);

        private final ChronoUnit length;

        Unit(ChronoUnit length) {
            this.length = length;
        }

        private ZonedDateTime start(Instant moment) {
            ZonedDateTime time = moment.atZone(ZoneOffset.UTC);
            return switch (length) {
                case MONTHS -> time.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
                case WEEKS ->
                    time.truncatedTo(ChronoUnit.DAYS).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                default -> time.truncatedTo(length);
            };
        }
    }

    /** Asks for the newest figures. */
    public static final TimeQuery LATEST =
            new TimeQuery(Optional.of(Form.LATEST), 1, Optional.empty(), Optional.empty(), Optional.empty());

    /** A range of time, for calls that have one form of answer. */
    public record Range(
            @Default("1") @Min(1) int timeInterval,
            Optional<Unit> timeUnit,
            Optional<Instant> timestampFrom,
            Optional<Instant> timestampTo) {
        /** Returns the same range, for the counts of each bucket. */
        public TimeQuery summary() {
            return new TimeQuery(Optional.of(Form.TIMESUMMARY), timeInterval, timeUnit, timestampFrom, timestampTo);
        }
    }

    /** Returns the form; the newest figures when none is named. */
    public Form form() {
        return timeType.orElse(Form.LATEST);
    }

    /**
     * Buckets of a range of time.
     *
     * @param starts when they begin, in order
     * @param end when the last one ends
     * @param resolution by which figures are read for them
     */
    public record Buckets(List<Instant> starts, Instant end, Resolution resolution) {
        public Buckets {
            starts = List.copyOf(starts);
        }

        /** Returns when a bucket ends. */
        Instant end(int bucket) {
            return bucket + 1 < starts.size() ? starts.get(bucket + 1) : end;
        }
    }

    /** Returns the buckets of the range; refuses a range that ends before it begins, and one with too many. */
    public Buckets buckets(Instant now, Unit otherwise) {
        Instant to = timestampTo.filter(end -> end.isBefore(now)).orElse(now);
        Instant from = timestampFrom.orElseGet(() -> to.minus(Duration.ofDays(1)));
        if (from.isAfter(to)) {
            throw new ApiProblem.Invalid("Validation error: the range of time ends at " + to + ", before it begins at "
                    + from + "; give a 'timestamp_from' that is before 'timestamp_to' and not in the future");
        }
        Unit unit = timeUnit.orElse(otherwise);
        Instant oldest = now.minus(Resolution.DAY.span());
        ZonedDateTime start = unit.start(from.isBefore(oldest) ? oldest : from);
        List<Instant> starts = new ArrayList<>();
        ZonedDateTime next = start;
        while (next.toInstant().isBefore(to) || starts.isEmpty()) {
            starts.add(next.toInstant());
            if (starts.size() > MOST_BUCKETS) {
                throw new ApiProblem.Invalid("Validation error: the range of time has more than " + MOST_BUCKETS
                        + " buckets of that width; ask for a shorter range, or for wider buckets by 'time_unit'");
            }
            next = start.plus((long) starts.size() * timeInterval, unit.length);
        }
        return new Buckets(starts, next.toInstant(), resolution(unit, starts.get(0), now));
    }

    /** The finest that fits into the buckets and goes back to the first. */
    private static Resolution resolution(Unit unit, Instant first, Instant now) {
        boolean minutes = unit.length == ChronoUnit.MINUTES;
        boolean hours = minutes || unit.length == ChronoUnit.HOURS;
        if (minutes && first.isAfter(now.minus(Resolution.MINUTE.span()))) {
            return Resolution.MINUTE;
        }
        return hours && first.isAfter(now.minus(Resolution.HOUR.span())) ? Resolution.HOUR : Resolution.DAY;
    }
}
