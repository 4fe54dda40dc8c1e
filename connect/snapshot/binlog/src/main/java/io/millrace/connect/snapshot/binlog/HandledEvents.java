package io.millrace.connect.snapshot.binlog;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventHeaderV4;
import com.github.shyiko.mysql.binlog.event.EventType;
import com.github.shyiko.mysql.binlog.event.RotateEventData;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer.EventDataWrapper;

/**
 * Where the last event ends that Debezium has dealt with. It is told of each event by the client that reads the log,
 * after Debezium; {@link #end} may be asked by any thread.
 */
final class HandledEvents implements BinaryLogClient.EventListener {
    /** No event was seen yet. */
    static final long NOWHERE = Long.MIN_VALUE;

    private final BinaryLogClient client;
    private final Runnable onHandled;
    private String file = "";
    private volatile long end = NOWHERE;
    private volatile long seenAt = System.nanoTime();

    /**
     * Makes a listener.
     *
     * @param onHandled called after each event, by the client's thread
     */
    HandledEvents(BinaryLogClient client, Runnable onHandled) {
        this.client = client;
        this.onHandled = onHandled;
    }

    @Override
    public void onEvent(Event event) {
        seenAt = System.nanoTime();
        if (event.getHeader().getEventType() == EventType.ROTATE) {
            RotateEventData next = event.getData() instanceof EventDataWrapper wrapper
                    ? (RotateEventData) wrapper.getInternal()
                    : event.getData();
            file = next.getBinlogFilename();
            end = new Place(file, next.getBinlogPosition()).number();
        } else if (event.getHeader() instanceof EventHeaderV4 header && header.getNextPosition() > 0) {
            if (file.isEmpty()) {
                file = client.getBinlogFilename();
            }
            end = new Place(file, header.getNextPosition()).number();
        }
        onHandled.run();
    }

    /** Returns the number of the place, {@link #NOWHERE} before the first event. */
    long end() {
        return end;
    }

    /** Returns when the newest event came, as {@link System#nanoTime} counts. */
    long seenAt() {
        return seenAt;
    }
}
