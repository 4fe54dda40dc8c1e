package io.millrace.pipeline.verify;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.millrace.pipeline.verify.VerifyTopic.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A verification, as clients read it and as it is kept.
 *
 * @param ok whether nothing differs; empty until it is completed
 * @param error why it failed
 * @param repair the newest repair of what it found
 */
record VerifyReport(
        Optional<String> verificationId,
        String pipelineId,
        Status status,
        Optional<Boolean> ok,
        Optional<VerifyRequests.Mode> mode,
        Optional<String> requestedBy,
        Optional<Instant> startedTimestamp,
        Optional<Instant> finishedTimestamp,
        Summary summary,
        List<VerifyTopic> topics,
        Optional<String> error,
        Optional<RepairReport> repair) {
    VerifyReport {
        topics = List.copyOf(topics);
    }

    /** How far a verification is. */
    enum Status {
        @JsonProperty("not_run")
        NOT_RUN,
        @JsonProperty("running")
        RUNNING,
        @JsonProperty("completed")
        COMPLETED,
        @JsonProperty("failed")
        FAILED
    }

    /** All topics together. */
    record Summary(int topics, int topicsOk, int topicsDifferent, long rowsSource, long rowsDestination) {
        static Summary of(List<VerifyTopic> topics) {
            return new Summary(
                    topics.size(),
                    (int) topics.stream()
                            .filter(topic -> topic.ok().orElse(false))
                            .count(),
                    (int) topics.stream()
                            .filter(topic -> !topic.ok().orElse(true))
                            .count(),
                    topics.stream()
                            .mapToLong(topic -> topic.rowsSource().orElse(0L))
                            .sum(),
                    topics.stream()
                            .mapToLong(topic -> topic.rowsDestination().orElse(0L))
                            .sum());
        }
    }

    /** Returns what is said of a pipeline that was never verified. */
    static VerifyReport none(String pipelineId) {
        return new VerifyReport(
                Optional.empty(),
                pipelineId,
                Status.NOT_RUN,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Summary.of(List.of()),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    /** Returns the same report with the topics as they are now. */
    VerifyReport with(List<VerifyTopic> now) {
        return new VerifyReport(
                verificationId,
                pipelineId,
                status,
                ok,
                mode,
                requestedBy,
                startedTimestamp,
                finishedTimestamp,
                Summary.of(now),
                now,
                error,
                repair);
    }

    /** Returns the same report with what became of its repair. */
    VerifyReport with(RepairReport now) {
        return new VerifyReport(
                verificationId,
                pipelineId,
                status,
                ok,
                mode,
                requestedBy,
                startedTimestamp,
                finishedTimestamp,
                summary,
                topics,
                error,
                Optional.of(now));
    }

    /** Returns whether its tables are being compared, or what differs being repaired. */
    boolean isAtWork() {
        return status == Status.RUNNING || isRepaired();
    }

    /** Returns whether what differs is being repaired. */
    boolean isRepaired() {
        return repair.filter(RepairReport::isRunning).isPresent();
    }

    /** Returns the report of a verification that is over: it failed if no topic could be compared. */
    VerifyReport finished(Instant at) {
        boolean someFailed = topics.stream().anyMatch(topic -> topic.status() == State.FAILED);
        boolean someDone = topics.stream().anyMatch(topic -> topic.status() == State.COMPLETED);
        if (someFailed && !someDone) {
            return ended(
                    Status.FAILED,
                    Optional.empty(),
                    at,
                    topics.stream().flatMap(topic -> topic.error().stream()).findFirst());
        }
        boolean allOk =
                !someFailed && topics.stream().allMatch(topic -> topic.ok().orElse(true));
        return ended(Status.COMPLETED, Optional.of(allOk), at, Optional.empty());
    }

    /** Returns the report of a verification that could not go on. */
    VerifyReport failed(String reason, Instant at) {
        List<VerifyTopic> left = topics.stream()
                .map(topic -> topic.isOver() ? topic : topic.failed(reason))
                .toList();
        return with(left).ended(Status.FAILED, Optional.empty(), at, Optional.of(reason));
    }

    private VerifyReport ended(Status how, Optional<Boolean> equal, Instant at, Optional<String> reason) {
        return new VerifyReport(
                verificationId,
                pipelineId,
                how,
                equal,
                mode,
                requestedBy,
                startedTimestamp,
                Optional.of(at),
                summary,
                topics,
                reason,
                repair);
    }
}
