package io.millrace.connect.snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.connect.source.SourceRecord;

/** A streaming task over the simulated log: brings the changes in order, from where its offset says. */
final class SimulatedStream {
    static final Map<String, String> PARTITION = Map.of("stream", "1");

    private final SimulatedDatabase database;
    private final boolean tellsPositions;
    private int entry;
    private int change;
    private int told = -1;

    SimulatedStream(SimulatedDatabase database, boolean tellsPositions, Map<String, Object> offset) {
        this.database = database;
        this.tellsPositions = tellsPositions;
        this.entry = (int) offset.getOrDefault("entry", 0);
        this.change = (int) offset.getOrDefault("change", 0);
    }

    boolean isAtEnd() {
        return entry == database.log().size();
    }

    /** Returns the next records, so many at most; a heartbeat when there are none and it tells something new. */
    List<SourceRecord> poll(int most) {
        List<SourceRecord> records = new ArrayList<>();
        while (records.size() < most && !isAtEnd()) {
            SimulatedDatabase.Entry next = database.log().get(entry);
            OptionalLong position = tellsPositions ? OptionalLong.of(entry) : OptionalLong.empty();
            Optional<SimulatedChange> changed = next.marker().isPresent()
                    ? Optional.empty()
                    : Optional.of(next.changes().get(change));
            change++;
            if (change >= next.changes().size()) {
                entry++;
                change = 0;
            }
            records.add(record(new SimulatedDatabase.Streamed(next.transaction(), position, changed, next.marker())));
        }
        if (records.isEmpty() && most > 0 && tellsPositions && told != entry) {
            told = entry;
            records.add(record(
                    new SimulatedDatabase.Streamed(0, OptionalLong.of(entry), Optional.empty(), Optional.empty())));
        }
        return records;
    }

    private SourceRecord record(SimulatedDatabase.Streamed value) {
        String topic = value.change().map(changed -> changed.table().topic()).orElse("heartbeat");
        return new SourceRecord(PARTITION, Map.of("entry", entry, "change", change), topic, null, value);
    }
}
