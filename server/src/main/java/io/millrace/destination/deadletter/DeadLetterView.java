package io.millrace.destination.deadletter;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.millrace.connector.ConnectorId;
import io.millrace.destination.SinkFrame;
import java.time.Instant;
import java.util.Optional;

/**
 * The dead letters of a destination, and how far its newest replay is.
 *
 * @param records how many the topic holds
 * @param waiting how many of them no replay has looked at
 */
record DeadLetterView(
        String destinationId,
        String topicId,
        long records,
        long waiting,
        Status status,
        Optional<Long> fromOffset,
        Optional<Long> toOffset,
        long replayed,
        long superseded,
        long leftOut,
        Optional<String> requestedBy,
        Optional<Instant> startedTimestamp,
        Optional<Instant> finishedTimestamp) {
    /** Whether there was a replay, and whether it is over. */
    enum Status {
        @JsonProperty("not_run")
        NOT_RUN,
        @JsonProperty("running")
        RUNNING,
        @JsonProperty("completed")
        COMPLETED
    }

    static DeadLetterView of(ConnectorId destination, long records, long waiting, Optional<Replay> replay) {
        Replay.Counts counts = replay.map(Replay::counts).orElse(Replay.Counts.NONE);
        return new DeadLetterView(
                destination.value(),
                SinkFrame.deadLetters(destination),
                records,
                waiting,
                replay.map(newest -> newest.isRunning() ? Status.RUNNING : Status.COMPLETED)
                        .orElse(Status.NOT_RUN),
                replay.map(newest -> newest.scope().from()),
                replay.map(newest -> newest.scope().to()),
                counts.replayed(),
                counts.superseded(),
                counts.leftOut(),
                replay.map(Replay::requestedBy),
                replay.map(Replay::startedAt),
                replay.flatMap(Replay::finishedAt));
    }
}
