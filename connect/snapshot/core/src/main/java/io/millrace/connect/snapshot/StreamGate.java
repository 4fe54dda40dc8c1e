package io.millrace.connect.snapshot;

import io.millrace.control.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * What stands between the stream and the task: nothing, or a {@link StreamHold} as long as rows of a blocking run may come.
 * Guarded by the engine's lock.
 */
final class StreamGate {
    private final Timeline timeline;
    private final Consumer<SharedView> closer;
    private final Runnable onLost;
    private final List<SourceRecord> released = new ArrayList<>();
    private Optional<StreamHold> hold = Optional.empty();

    /**
     * Makes a gate that is open.
     *
     * @param closer closes a view, and returns at once
     * @param onLost called when the view is gone that rows are read in
     */
    StreamGate(Timeline timeline, Consumer<SharedView> closer, Runnable onLost) {
        this.timeline = timeline;
        this.closer = closer;
        this.onLost = onLost;
    }

    /** Returns what holds the stream, if anything does. */
    Optional<StreamHold> hold() {
        return hold;
    }

    /** Returns whether nothing may be taken from the stream. */
    boolean isHeld() {
        return hold.filter(StreamHold::isHeld).isPresent();
    }

    /**
     * Has the stream held where a view of these tables will lie.
     *
     * @param marker begin of the texts that mark views in the log
     */
    void close(List<TableName> tables, String marker) {
        hold = Optional.of(new StreamHold(timeline, tables, marker, closer, onLost));
    }

    /** Lets the stream go on; what was kept back is {@link #due}. */
    void open() {
        hold.ifPresent(held -> {
            held.release();
            released.addAll(held.due());
        });
        hold = Optional.empty();
    }

    /** Returns what must be looked at before anything that the stream brings now; forgets it. */
    List<SourceRecord> due() {
        List<SourceRecord> due = new ArrayList<>(released);
        released.clear();
        hold.ifPresent(held -> due.addAll(held.toLookAtAgain()));
        return due;
    }

    /** Returns whether a record is kept back. */
    boolean keepsBack(SourceRecord record, StreamEvent event) {
        return hold.filter(held -> held.keepsBack(record, event)).isPresent();
    }

    /** Returns what was kept back in vain, to be looked at before anything else; forgets it. */
    List<SourceRecord> keptInVain() {
        return hold.map(StreamHold::due).orElse(List.of());
    }
}
