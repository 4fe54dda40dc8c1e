package io.millrace.snapshot;

import io.millrace.control.TopicProgress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How fast topics were delivered over the last minute. Kept in memory: after a restart it is known again with the second
 * report. Thread-safe.
 */
public final class Speeds {
    static final Duration WINDOW = Duration.ofMinutes(1);

    private final Map<String, Deque<Sample>> samples = new ConcurrentHashMap<>();
    private final Clock clock;

    public Speeds(Clock clock) {
        this.clock = clock;
    }

    /** An average: 0 when nothing was delivered for a minute. */
    public record Speed(double rowsPerSecond, double bytesPerSecond) {}

    private record Sample(Instant at, long rows, long bytes) {}

    /** Notes a report; one of a topic that is over ends its account. */
    void note(TopicProgress report) {
        if (report.state().isFinal()) {
            samples.remove(report.key());
            return;
        }
        samples.compute(report.key(), (key, present) -> {
            Deque<Sample> kept = present == null ? new ArrayDeque<>() : new ArrayDeque<>(present);
            kept.addLast(new Sample(report.at(), report.rows(), report.bytes()));
            forget(kept, report.at().minus(WINDOW));
            return kept;
        });
    }

    /** Returns the average over the last minute; nothing for a topic that reported less than twice. */
    Optional<Speed> of(String sourceId, RunId run, String topicId) {
        Deque<Sample> kept = samples.get(sourceId + "/" + run.value() + "/" + topicId);
        if (kept == null || kept.size() < 2) {
            return Optional.empty();
        }
        Sample last = kept.getLast();
        Instant now = clock.instant();
        Instant end = now.isBefore(last.at()) ? last.at() : now;
        Sample first = kept.stream()
                .filter(sample -> !sample.at().isBefore(end.minus(WINDOW)))
                .findFirst()
                .orElse(last);
        double seconds = Math.max(0.001, Duration.between(first.at(), end).toNanos() / 1e9);
        return Optional.of(new Speed((last.rows() - first.rows()) / seconds, (last.bytes() - first.bytes()) / seconds));
    }

    /** Keeps one sample from before the window, so that the window is whole. */
    private static void forget(Deque<Sample> kept, Instant before) {
        while (kept.size() > 2) {
            Sample first = kept.removeFirst();
            if (!kept.getFirst().at().isBefore(before)) {
                kept.addFirst(first);
                return;
            }
        }
    }
}
