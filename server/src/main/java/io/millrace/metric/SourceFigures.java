package io.millrace.metric;

import io.millrace.connector.ConnectorService;
import io.millrace.http.Caller;
import io.millrace.metric.Reported.Metadata;
import io.millrace.source.SnapshotMarks;
import io.millrace.source.SourceId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Figures of one source, with what the newest of them say in words. */
final class SourceFigures {
    private final Figures figures;
    private final ConnectorService sources;
    private final SnapshotMarks marks;

    SourceFigures(Figures figures, ConnectorService sources, SnapshotMarks marks) {
        this.figures = figures;
        this.sources = sources;
        this.marks = marks;
    }

    /** Returns the figures of a source of the caller's. */
    Answer of(Caller caller, String id, TimeQuery query) {
        Entity source = Entity.of(sources.get(caller, id).id());
        Answer answer = figures.of(source, Reported.OF_SOURCES, query);
        if (query.form() != TimeQuery.Form.LATEST) {
            return answer;
        }
        Map<String, Object> data = new LinkedHashMap<>(answer.data());
        Map<String, Metadata> metadata = new LinkedHashMap<>(answer.metadata());
        List<SnapshotMarks.Mark> snapshots =
                marks.newest(List.of(new SourceId(id))).getOrDefault(new SourceId(id), List.of());
        say(data, metadata, "StreamingLastEvent", "Time of the last change", lastEvent(source));
        say(data, metadata, "streamingState", "State of the stream", Optional.ofNullable(data.get("state")));
        say(data, metadata, "snapshotState", "State of the snapshots", Optional.of(state(snapshots)));
        say(data, metadata, "snapshotStatus", "Snapshot of each topic", Optional.of(snapshots));
        return new Answer(data, metadata);
    }

    private static void say(
            Map<String, Object> data, Map<String, Metadata> metadata, String name, String title, Optional<?> value) {
        data.put(name, value);
        metadata.put(name, new Metadata(title, Optional.empty()));
    }

    private Optional<Instant> lastEvent(Entity source) {
        return Optional.ofNullable(figures.latest(List.of(source)).get(source))
                .flatMap(latest -> latest.figures().value(Metric.IDLE_MS).stream()
                        .mapToObj(idle -> latest.measuredAt()
                                .minus(Duration.ofMillis(idle))
                                .truncatedTo(ChronoUnit.SECONDS))
                        .findFirst());
    }

    /** One that runs is said before one that failed, and that before one that is done. */
    private static String state(List<SnapshotMarks.Mark> snapshots) {
        return List.of("running", "pending", "failed", "cancelled", "completed").stream()
                .filter(state ->
                        snapshots.stream().anyMatch(mark -> mark.status().equals(state)))
                .findFirst()
                .orElse("none");
    }
}
