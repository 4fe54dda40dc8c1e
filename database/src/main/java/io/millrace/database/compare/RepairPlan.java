package io.millrace.database.compare;

import io.millrace.database.compare.KeyConditions.Condition;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Rows of a table that are to be written again: keys, or, where these are too many, ranges of keys.
 *
 * @param complete whether these are all that were asked for
 */
public record RepairPlan(List<List<String>> keys, List<KeyBounds> ranges, boolean complete) {
    /** Keys that are named one by one. */
    public static final int MOST_KEYS = 500;

    /** Ranges that are named one by one; more become the one that spans them. */
    private static final int MOST_RANGES = 50;

    public RepairPlan {
        keys = List.copyOf(keys);
        ranges = List.copyOf(ranges);
    }

    /** Returns a plan for everything that a comparison found, which lists one difference more than {@link #MOST_KEYS} if there are so many. */
    public static RepairPlan of(Outcome found) {
        if (found.differences().size() <= MOST_KEYS) {
            return new RepairPlan(
                    found.differences().stream().map(Difference::key).toList(), List.of(), true);
        }
        List<KeyBounds> ranges =
                found.ranges().stream().map(Outcome.DifferentRange::bounds).toList();
        return new RepairPlan(
                List.of(),
                ranges.size() <= MOST_RANGES
                        ? ranges
                        : List.of(new KeyBounds(
                                ranges.get(0).from(),
                                ranges.get(ranges.size() - 1).to())),
                true);
    }

    /** Returns a plan for the rows that the source does not have, at most {@link #MOST_KEYS} of them. */
    public static RepairPlan ofExtra(Outcome found) {
        List<List<String>> extra = found.differences().stream()
                .filter(difference -> difference.kind() == Difference.Kind.EXTRA)
                .map(Difference::key)
                .toList();
        return new RepairPlan(
                extra.stream().limit(MOST_KEYS).toList(),
                List.of(),
                found.differences().size() <= MOST_KEYS);
    }

    /** Returns whether there is nothing to do. */
    public boolean isEmpty() {
        return keys.isEmpty() && ranges.isEmpty();
    }

    String condition(TableSql sql, ReadTable table) {
        KeyConditions conditions = KeyConditions.of(sql, table);
        Stream<String> named = Optional.of(keys).filter(some -> !some.isEmpty()).stream()
                .map(some -> conditions.among(some).inlined(sql));
        Stream<String> spanned = ranges.stream().map(range -> whole(conditions.within(range), sql));
        return String.join(" OR ", Stream.concat(named, spanned).toList());
    }

    private static String whole(List<Condition> ends, TableSql sql) {
        return ends.isEmpty()
                ? "1 = 1"
                : String.join(
                        " AND ", ends.stream().map(end -> end.inlined(sql)).toList());
    }
}
