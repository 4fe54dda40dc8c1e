package io.millrace.pipeline.verify;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.millrace.snapshot.RunStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A repair of what a verification found, as clients read it and as it is kept.
 *
 * @param snapshot what writes rows again; empty until it was begun, and where there is nothing to write
 * @param error why it failed, or what it waits for
 */
record RepairReport(
        String repairId,
        String verificationId,
        String pipelineId,
        Status status,
        boolean deletesOnly,
        String requestedBy,
        Instant startedTimestamp,
        Optional<Instant> finishedTimestamp,
        Optional<Snapshot> snapshot,
        List<Topic> topics,
        Optional<String> error) {
    RepairReport {
        topics = List.copyOf(topics);
    }

    /** How far a repair is. */
    enum Status {
        @JsonProperty("running")
        RUNNING,
        @JsonProperty("completed")
        COMPLETED,
        @JsonProperty("failed")
        FAILED
    }

    /** The snapshot of what was missing, different or deleted. */
    record Snapshot(String sourceId, String snapshotId, RunStatus status) {}

    /**
     * What was done to one table.
     *
     * @param rowsDeleted rows of the destination that the source does not have; empty until they were deleted
     * @param keys that are named in the filter; 0 where whole ranges are
     * @param ranges that are named in the filter; 0 where keys are
     * @param filter condition, in the source's SQL, of the rows that are written again
     */
    record Topic(
            String topicId,
            String topicName,
            VerifyTopic.State status,
            Optional<Long> rowsDeleted,
            int keys,
            int ranges,
            Optional<String> filter,
            Optional<String> error) {
        static Topic of(VerifyTopic topic, VerifyTopic.State status, Optional<String> error) {
            return new Topic(
                    topic.topicId(), topic.topicName(), status, Optional.empty(), 0, 0, Optional.empty(), error);
        }

        /** Returns the same with what is going to be done. */
        Topic planned(int namedKeys, int namedRanges, String condition, Optional<String> note) {
            return new Topic(
                    topicId, topicName, status, rowsDeleted, namedKeys, namedRanges, Optional.of(condition), note);
        }

        Topic deleted(long rows) {
            return new Topic(topicId, topicName, status, Optional.of(rows), keys, ranges, filter, error);
        }

        Topic in(VerifyTopic.State next, Optional<String> reason) {
            return new Topic(
                    topicId, topicName, next, rowsDeleted, keys, ranges, filter, reason.isPresent() ? reason : error);
        }

        /** Returns the topic when its rows were written again, or had not to be. */
        Topic over() {
            if (!isOpen()) {
                return this;
            }
            return filter.isPresent() && rowsDeleted.isEmpty()
                    ? in(
                            VerifyTopic.State.FAILED,
                            Optional.of("The platform ended while it deleted rows, perhaps before all were deleted"
                                    + " that the source does not have; verify again"))
                    : in(VerifyTopic.State.COMPLETED, Optional.empty());
        }

        @JsonIgnore
        boolean isOpen() {
            return status == VerifyTopic.State.PENDING || status == VerifyTopic.State.RUNNING;
        }
    }

    @JsonIgnore
    boolean isRunning() {
        return status == Status.RUNNING;
    }

    /** Returns the topics of which rows are written again. */
    List<Topic> written() {
        return topics.stream().filter(topic -> topic.filter().isPresent()).toList();
    }

    RepairReport with(int index, Topic topic) {
        List<Topic> now = new ArrayList<>(topics);
        now.set(index, topic);
        return with(now);
    }

    private RepairReport with(List<Topic> now) {
        return new RepairReport(
                repairId,
                verificationId,
                pipelineId,
                status,
                deletesOnly,
                requestedBy,
                startedTimestamp,
                finishedTimestamp,
                snapshot,
                now,
                error);
    }

    /** Returns the same with its snapshot as it is. */
    RepairReport with(Snapshot now) {
        return in(status, finishedTimestamp, Optional.of(now), Optional.empty());
    }

    /** Returns the same, waiting for something. */
    RepairReport waiting(String reason) {
        return in(status, finishedTimestamp, snapshot, Optional.of(reason));
    }

    /** Returns the same, done; it failed if a topic did. */
    RepairReport finished(Instant at) {
        Optional<Topic> failed = topics.stream()
                .filter(topic -> topic.status() == VerifyTopic.State.FAILED)
                .findFirst();
        return with(topics.stream().map(Topic::over).toList())
                .in(
                        failed.isPresent() ? Status.FAILED : Status.COMPLETED,
                        Optional.of(at),
                        snapshot,
                        failed.flatMap(Topic::error));
    }

    RepairReport failed(String reason, Instant at) {
        return with(topics.stream()
                        .map(topic -> topic.isOpen() ? topic.in(VerifyTopic.State.FAILED, Optional.of(reason)) : topic)
                        .toList())
                .in(Status.FAILED, Optional.of(at), snapshot, Optional.of(reason));
    }

    private RepairReport in(
            Status next, Optional<Instant> finished, Optional<Snapshot> written, Optional<String> reason) {
        return new RepairReport(
                repairId,
                verificationId,
                pipelineId,
                next,
                deletesOnly,
                requestedBy,
                startedTimestamp,
                finished,
                written,
                topics,
                reason);
    }
}
