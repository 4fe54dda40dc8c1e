package io.millrace.connect.snapshot;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the stream did to one table while chunks of it are open: the keys that changed, each with the number of its
 * newest change, and the newest change that cannot be told by a key. Guarded by the engine's lock.
 */
final class Window {
    /** The newest change of a key, and whether the stream has brought the whole row, or its end, with it or before. */
    private record Noted(long moment, boolean whole) {}

    /** What becomes of a batch. */
    sealed interface Verdict {
        /** These rows go out, the others were overtaken by the stream. */
        record HandOver(List<Row> rows) implements Verdict {}

        /** The rows are worth nothing as they are. */
        record ReadAgain(Reason reason) implements Verdict {}
    }

    /** Why rows must be read again. */
    enum Reason {
        /** The stream changed rows that no key tells apart. */
        NO_KEY("Rows without a key were changed during each of %d reads of the same rows. Give the table a primary key,"
                + " or take the snapshot while it rests."),
        /** The stream brought a part of a row only. */
        PARTIAL("A row was changed during each of %d reads of it, by changes of which the log holds a part of the row"
                + " only. Let the log hold whole rows (PostgreSQL: REPLICA IDENTITY FULL), or take the snapshot while"
                + " the table rests.");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        /** Says why a table is given up after so many reads. */
        String after(int reads) {
            return String.format(text, reads);
        }
    }

    private final Map<RowIdentity, Noted> changed = new HashMap<>();
    private long changedUnknown = -1;
    private long truncated = -1;

    /** Notes a change; an insert of a row that nothing identifies concerns no row that was read. */
    void note(StreamEvent.RowChange change, long moment) {
        Optional<RowIdentity> identity = change.identity();
        if (identity.isPresent()) {
            Noted before = changed.get(identity.get());
            boolean whole = change.whole() || (before != null && before.whole());
            changed.put(identity.get(), new Noted(moment, whole));
        } else if (!change.insert()) {
            changedUnknown = moment;
        }
    }

    /** Notes that all rows went at once. */
    void noteTruncation(long moment) {
        truncated = moment;
    }

    /**
     * Judges a batch whose window was opened at a moment: rows that the stream changed since are left out (S2, S3). A
     * row of which the stream brought a part only must be read again, or it would never arrive whole (S1).
     */
    Verdict judge(Batch batch, long openedAt) {
        boolean allGone = truncated >= openedAt;
        if (changed.isEmpty() && changedUnknown < openedAt && !allGone) {
            return new Verdict.HandOver(batch.rows());
        }
        List<Row> left = new ArrayList<>(batch.rows().size());
        for (Row row : batch.rows()) {
            Optional<RowIdentity> identity = row.identity();
            if (identity.isEmpty()) {
                if (allGone || changedUnknown >= openedAt) {
                    return new Verdict.ReadAgain(Reason.NO_KEY);
                }
                left.add(row);
                continue;
            }
            Noted noted = changed.get(identity.get());
            boolean overtaken = noted != null && noted.moment() >= openedAt;
            if (overtaken && !noted.whole()) {
                return new Verdict.ReadAgain(Reason.PARTIAL);
            }
            if (!overtaken && !allGone) {
                left.add(row);
            }
        }
        return new Verdict.HandOver(left);
    }

    /** Forgets what no open chunk asks for. */
    void forgetBefore(long openedAt) {
        changed.values().removeIf(noted -> noted.moment() < openedAt);
    }
}
