package io.millrace.database.compare;

import java.time.Duration;

/**
 * How a comparison is done.
 *
 * @param countsOnly whether values do not matter, but which rows there are
 * @param rangeRows rows of the source in a range
 * @param mostDifferences differing keys that are listed
 * @param settle how long rows may be under way
 */
public record Terms(boolean countsOnly, KeyBounds bounds, int rangeRows, int mostDifferences, Duration settle) {}
