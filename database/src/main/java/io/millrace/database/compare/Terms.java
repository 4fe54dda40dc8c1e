package io.millrace.database.compare;

import java.time.Duration;
import java.util.List;

/**
 * How a comparison is done.
 *
 * @param countsOnly whether values do not matter, but which rows there are
 * @param parts ranges of keys that are looked at
 * @param rangeRows rows of the source in a range
 * @param mostDifferences differing keys that are listed
 * @param settle how long rows may be under way
 */
public record Terms(boolean countsOnly, List<KeyBounds> parts, int rangeRows, int mostDifferences, Duration settle) {
    public Terms {
        parts = List.copyOf(parts);
    }
}
