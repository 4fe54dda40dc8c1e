package io.millrace.database.compare;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Goes through a range on both sides, some rows of the source at a time. */
final class Steps {
    /** Rows that are held side by side to find those that differ. */
    private static final int STEP = 4_096;

    private Steps() {}

    /** Takes what the sides have of a key in which they differ. */
    interface PairSink {
        /** Returns whether more is wanted, from the next step on. */
        boolean take(Optional<ComparedRow> atSource, Optional<ComparedRow> atDestination);
    }

    /** Finds rows that differ; a second row of a key stands alone. */
    static void differing(TableReader source, TableReader destination, KeyBounds bounds, PairSink sink)
            throws SQLException {
        Taking taking = new Taking(sink);
        Optional<KeyBounds> rest = Optional.of(bounds);
        while (rest.isPresent() && taking.more) {
            Map<List<String>, ComparedRow> rows = new HashMap<>();
            List<List<String>> next = new ArrayList<>(1);
            source.read(rest.get(), OptionalInt.of(STEP + 1), row -> {
                if (rows.size() < STEP) {
                    rows.put(row.key(), row);
                } else {
                    next.add(row.keyTexts());
                }
            });
            KeyBounds step = rest.get().endingBefore(next.stream().findFirst());
            destination.read(step, OptionalInt.empty(), row -> {
                Optional<ComparedRow> other = Optional.ofNullable(rows.remove(row.key()));
                if (other.map(ComparedRow::digest)
                        .filter(digest -> digest == row.digest())
                        .isEmpty()) {
                    taking.take(other, Optional.of(row));
                }
            });
            rows.values().forEach(row -> taking.take(Optional.of(row), Optional.empty()));
            rest = next.stream().findFirst().map(rest.get()::startingAt);
        }
    }

    private static final class Taking {
        private final PairSink sink;
        private boolean more = true;

        Taking(PairSink sink) {
            this.sink = sink;
        }

        void take(Optional<ComparedRow> atSource, Optional<ComparedRow> atDestination) {
            more &= sink.take(atSource, atDestination);
        }
    }
}
