package io.millrace.database.compare;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Rows of a destination that its source does not have, or that stand beside another row of the same key.
 *
 * <p>Whoever removes them has to see to it that every key in question is written again afterwards, since the source may
 * have got the row in the meantime, and the destination too.
 */
public final class SurplusRows {
    private static final int BATCH = 200;

    /** Keys that are held in memory while a range is gone through. */
    private static final int MOST_AT_ONCE = 5_000;

    private final TableReader source;
    private final TableReader destination;
    private final RowRemoval removal;

    /** @param removal of the destination */
    public SurplusRows(TableReader source, TableReader destination, RowRemoval removal) {
        this.source = source;
        this.destination = destination;
        this.removal = removal;
    }

    /**
     * Looks at all rows of a plan on both sides again, and removes those that are surplus, some at a time in a transaction
     * of its own.
     *
     * @return how many there were
     */
    public long remove(RepairPlan plan) throws SQLException {
        long removed = remove(plan.keys());
        for (KeyBounds range : plan.ranges()) {
            List<List<String>> surplus;
            long now;
            do {
                surplus = surplus(range);
                now = remove(surplus);
                removed += now;
            } while (now > 0 && surplus.size() >= MOST_AT_ONCE);
        }
        return removed;
    }

    private List<List<String>> surplus(KeyBounds range) throws SQLException {
        List<List<String>> keys = new ArrayList<>();
        source.begin();
        try {
            destination.begin();
            try {
                Steps.differing(source, destination, range, (atSource, atDestination) -> {
                    if (atSource.isEmpty()) {
                        keys.add(atDestination.orElseThrow().keyTexts());
                    }
                    return keys.size() < MOST_AT_ONCE;
                });
            } finally {
                destination.end();
            }
        } finally {
            source.end();
        }
        return keys;
    }

    private long remove(List<List<String>> keys) throws SQLException {
        long removed = 0;
        for (int start = 0; start < keys.size(); start += BATCH) {
            removed += removeSome(keys.subList(start, Math.min(start + BATCH, keys.size())));
        }
        return removed;
    }

    private long removeSome(List<List<String>> keys) throws SQLException {
        Map<List<String>, ComparedRow> there = destination.now(keys);
        Map<List<String>, ComparedRow> here = source.now(keys);
        return removal.remove(there.values().stream()
                .filter(row -> !here.containsKey(row.key()) || destination.isDouble(row))
                .map(ComparedRow::keyTexts)
                .toList());
    }
}
