package io.millrace.connect.snapshot;

import io.millrace.control.TopicProgress;
import io.millrace.control.TopicState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a reader of one table's topic knows after each record, and the judge of the invariants that can be told from it.
 * Exact re-deliveries are left out, where they are allowed.
 */
final class SimulatedTopic {
    /** What the topic says of a row; a wide column that was never brought is 0. */
    private record Known(boolean present, long version, long wide) {}

    private final SimulatedTable table;
    private final boolean exactlyOnce;
    private final Map<Integer, Known> rows = new HashMap<>();
    private final Set<Object> seen = new HashSet<>();
    private long truncated;
    private long snapshotRows;
    private Optional<TopicProgress> progress = Optional.empty();

    SimulatedTopic(SimulatedTable table, boolean exactlyOnce) {
        this.table = table;
        this.exactlyOnce = exactlyOnce;
    }

    Optional<TopicProgress> progress() {
        return progress;
    }

    boolean isOver() {
        return progress.filter(last -> last.state().isFinal()).isPresent();
    }

    /** A streamed change arrives. */
    void take(SimulatedChange change) {
        long version = change.row().version();
        if (!seen.add(version)) {
            check(!exactlyOnce, "a change arrived twice: " + change);
            return;
        }
        if (change.kind() == SimulatedChange.Kind.TRUNCATE) {
            truncated = version;
            rows.replaceAll((key, known) -> new Known(false, version, 0));
            return;
        }
        int key = change.row().key();
        Known before = known(key);
        check(version > before.version(), "S2: " + change + " after version " + before.version());
        rows.put(
                key,
                change.after()
                        .map(row -> new Known(true, version, change.whole() ? row.wide() : before.wide()))
                        .orElse(new Known(false, version, 0)));
    }

    private Known known(int key) {
        return rows.getOrDefault(key, new Known(false, truncated, 0));
    }

    /** A snapshot row arrives. */
    void take(SimulatedRow row) {
        check(!isOver() || mayBeSentAgain(), "S7: " + row + " of " + table.name() + " after " + progress);
        snapshotRows++;
        if (!seen.add(row)) {
            check(!exactlyOnce || table.scanned(), "a snapshot row arrived twice: " + row);
            return;
        }
        Known before = known(row.key());
        check(row.version() >= before.version(), "S2 or S3: " + row + " after version " + before.version());
        rows.put(row.key(), new Known(true, row.version(), row.wide()));
    }

    /** Progress arrives. */
    void take(TopicProgress next) {
        check(
                exactlyOnce ? next.rows() == snapshotRows : next.rows() <= snapshotRows,
                "S4: " + snapshotRows + " rows, but " + next);
        progress.ifPresent(last -> {
            check(!exactlyOnce || next.rows() >= last.rows(), "S5: " + next + " after " + last);
            check(!isOver() || next.state() == last.state() || mayBeSentAgain(), "S5: " + next + " after " + last);
        });
        progress = Optional.of(next);
    }

    /** Without exactly-once an end may be forgotten and reached again, unless it was wished for. */
    private boolean mayBeSentAgain() {
        return !exactlyOnce && progress.orElseThrow().state() != TopicState.CANCELLED;
    }

    /** Compares what the topic says of all keys up to one with the table, when everything was streamed. */
    void compareUpTo(int greatest, int keys) {
        for (int key = 0; key < keys; key++) {
            SimulatedRow row = table.latest().get(key);
            Known known = known(key);
            if (row == null) {
                check(!known.present(), "S3: key " + key + " of " + table.name() + " is gone, the topic has " + known);
            } else if (key <= greatest) {
                check(
                        known.present() && known.version() == row.version() && known.wide() == row.wide(),
                        "S1: the table " + table.name() + " has " + row + ", the topic " + known);
            }
        }
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
