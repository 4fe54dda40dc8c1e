package io.millrace.connect.sinks.files;

import io.millrace.connect.sinks.files.format.Part;
import io.millrace.connect.sinks.files.format.RowFile;
import io.millrace.connect.sinks.files.format.Target;
import io.millrace.connect.sinks.files.format.UnfitException;
import io.millrace.objectstore.ObjectName;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** A file in the making: what is in it, and where it began. */
final class Making implements AutoCloseable {
    /** What a format holds is not looked up for each row. */
    private static final int LOOK_EVERY = 64;

    private final Start start;
    private final Spool spool = new Spool();
    private final RowFile rows;
    private int count;

    /**
     * Where a file begins.
     *
     * @param at when it was begun
     * @param first what its name is made of
     */
    record Start(TopicPartition partition, Instant at, ObjectName.First first) {}

    Making(Start start, List<Part> parts, FileSettings settings, long memory) throws IOException {
        this.start = start;
        rows = settings.format().begin(new Target(spool.out(), settings.compression(), settings.head(), memory), parts);
    }

    Start start() {
        return start;
    }

    boolean isEmpty() {
        return count == 0;
    }

    void append(Layouts.Laid laid) throws IOException, UnfitException {
        rows.append(laid.parts(), laid.row());
        count++;
    }

    boolean isFull(FileSettings.Limits limits) {
        return count >= limits.records()
                || spool.length() >= limits.bytes()
                || count % LOOK_EVERY == 0 && spool.length() + rows.held() >= limits.bytes();
    }

    /** Writes the end of the file. */
    void finish() throws IOException {
        rows.finish();
        spool.out().flush();
    }

    Spool content() {
        return spool;
    }

    @Override
    public void close() {
        try {
            rows.close();
        } catch (RuntimeException e) {
            // A library complains about rows that are given up.
        }
        spool.close();
    }
}
