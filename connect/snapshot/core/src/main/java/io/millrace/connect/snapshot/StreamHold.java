package io.millrace.connect.snapshot;

import io.millrace.control.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Holds the stream where a view of the database lies, for a blocking run. Guarded by the engine's lock.
 *
 * <p>A reader opens the view. The stream then goes on to the mark behind it; what comes before that and is not in the
 * view is kept back. When the mark has come, everything that was handed on is in the view and everything else is not, so
 * rows of the view may go out, with no key to compare. Should the log and the view disagree about the order of two
 * transactions (one that is kept back is followed by one that the view holds), another view is opened.
 */
final class StreamHold {
    /** Where it stands. */
    private sealed interface Stage {
        record Open() implements Stage {}

        record Opening() implements Stage {}

        record Draining(SharedView view) implements Stage {}

        record Held(SharedView view) implements Stage {}

        record Released() implements Stage {}
    }

    /** Records that come while a view is opened, after which the stream waits. */
    private static final int MOST_UNDECIDED = 10_000;

    private final Timeline timeline;
    private final List<TableName> tables;
    private final String marker;
    private final Consumer<SharedView> closer;
    private final Runnable onLost;
    private final List<SourceRecord> keptBack = new ArrayList<>();
    private final List<SourceRecord> undecided = new ArrayList<>();
    private Stage stage = new Stage.Open();
    private long views;

    /**
     * Makes a hold that lets everything pass.
     *
     * @param tables tables that are read in the view
     * @param marker begin of the texts that mark views in the log
     * @param closer closes a view, and returns at once
     * @param onLost called when the view is gone that rows are read in
     */
    StreamHold(Timeline timeline, List<TableName> tables, String marker, Consumer<SharedView> closer, Runnable onLost) {
        this.timeline = timeline;
        this.tables = List.copyOf(tables);
        this.marker = marker;
        this.closer = closer;
        this.onLost = onLost;
    }

    // For readers

    List<TableName> tables() {
        return tables;
    }

    /** Returns a text that marks the next view. */
    String nextMarker() {
        return marker + "/" + views++;
    }

    /** Returns whether the caller is to open a view. */
    boolean claim() {
        if (!(stage instanceof Stage.Open)) {
            return false;
        }
        stage = new Stage.Opening();
        return true;
    }

    /** The view could not be opened. */
    void giveUp() {
        if (stage instanceof Stage.Opening) {
            stage = new Stage.Open();
            timeline.signal();
        }
    }

    /** Takes a view; false when it is not wanted any more, or lacks something that was handed on. */
    boolean take(SharedView view) {
        if (!(stage instanceof Stage.Opening)) {
            return false;
        }
        boolean complete = StreamedTransactions.allSeenBy(view::sees, timeline.streamed());
        stage = !complete ? new Stage.Open() : wasReached(view) ? new Stage.Held(view) : new Stage.Draining(view);
        timeline.signal();
        return complete;
    }

    /** On a database at rest nothing may come any more that tells of a place which the stream has come to already. */
    private boolean wasReached(SharedView view) {
        return view.mark() instanceof Mark.Place place && timeline.hasReached(place.position());
    }

    /** Returns the view that rows are read in, once the stream has come to it. */
    Optional<SharedView> heldAt() {
        return stage instanceof Stage.Held held ? Optional.of(held.view()) : Optional.empty();
    }

    /** The view is gone that rows are read in. */
    void lose(SharedView view) {
        if (heldAt().filter(view::equals).isPresent()) {
            onLost.run();
        }
    }

    // For the task thread

    /** Returns whether nothing is taken from the stream. */
    boolean isHeld() {
        return stage instanceof Stage.Held || undecided.size() >= MOST_UNDECIDED;
    }

    /** Returns whether a record is kept back. */
    boolean keepsBack(SourceRecord record, StreamEvent event) {
        if (stage instanceof Stage.Held) {
            keptBack.add(record);
            return true;
        }
        if (stage instanceof Stage.Opening) {
            undecided.add(record); // or the view would never hold all that was handed on
            return true;
        }
        if (!(stage instanceof Stage.Draining draining)) {
            return false;
        }
        if (isBehind(draining.view().mark(), event)) {
            stage = new Stage.Held(draining.view());
            timeline.signal();
            keptBack.add(record); // a mark too: it tells, later, how far the stream is
            return true;
        }
        Optional<Long> transaction = transaction(event);
        boolean seen = transaction.isEmpty() || draining.view().sees(transaction.get());
        if (!seen || (!keptBack.isEmpty() && transaction.isEmpty())) {
            keptBack.add(record);
            return true;
        }
        if (!keptBack.isEmpty()) {
            keptBack.add(record);
            closer.accept(draining.view());
            stage = new Stage.Open();
            timeline.signal();
            return true;
        }
        return false;
    }

    /** The timeline knows of what was handed on only, so a record that may be the first behind is asked itself. */
    private boolean isBehind(Mark mark, StreamEvent event) {
        if (mark instanceof Mark.Text text) {
            return event instanceof StreamEvent.Marker marker && marker.text().equals(text.text());
        }
        long place = ((Mark.Place) mark).position();
        return timeline.hasReached(place)
                || (event.position().isPresent() && event.position().getAsLong() >= place);
    }

    private static Optional<Long> transaction(StreamEvent event) {
        if (event instanceof StreamEvent.RowChange change
                && change.transaction().isPresent()) {
            return Optional.of(change.transaction().getAsLong());
        }
        return event instanceof StreamEvent.Truncation truncation
                        && truncation.transaction().isPresent()
                ? Optional.of(truncation.transaction().getAsLong())
                : Optional.empty();
    }

    /** Returns what was kept back and need not be any more, to be handed on before anything else; forgets it. */
    List<SourceRecord> due() {
        if (stage instanceof Stage.Opening || stage instanceof Stage.Draining || stage instanceof Stage.Held) {
            return List.of();
        }
        List<SourceRecord> due = new ArrayList<>(keptBack);
        due.addAll(undecided);
        keptBack.clear();
        undecided.clear();
        return due;
    }

    /** Returns what came while a view was opened, to be looked at again once it is; forgets it. */
    List<SourceRecord> toLookAtAgain() {
        if (stage instanceof Stage.Opening) {
            return List.of();
        }
        List<SourceRecord> again = List.copyOf(undecided);
        undecided.clear();
        return again;
    }

    /** Lets the stream go on, for good. */
    void release() {
        if (stage instanceof Stage.Draining draining) {
            closer.accept(draining.view());
        }
        heldAt().ifPresent(closer);
        stage = new Stage.Released();
        timeline.signal();
    }
}
