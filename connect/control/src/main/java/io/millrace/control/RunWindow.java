package io.millrace.control;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * A time of day in which a run reads.
 *
 * @param from first moment
 * @param to moment that is outside again; not after {@code from} means on the next day, equal to it the whole day
 */
public record RunWindow(LocalTime from, LocalTime to, ZoneId timezone) {
    /** Returns whether a moment lies inside. */
    public boolean holds(Instant moment) {
        LocalTime time = moment.atZone(timezone).toLocalTime();
        return from.isBefore(to)
                ? !time.isBefore(from) && time.isBefore(to)
                : !time.isBefore(from) || time.isBefore(to);
    }
}
