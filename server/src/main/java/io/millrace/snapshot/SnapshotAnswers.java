package io.millrace.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.control.MarkerKind;
import io.millrace.control.SnapshotKind;
import io.millrace.database.EstimateKind;
import io.millrace.database.KeyOrigin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers of commands and of validate. */
public final class SnapshotAnswers {
    private SnapshotAnswers() {}

    /**
     * Answer of every execute, stop and cancel.
     *
     * @param snapshotId run that was started, stopped or found
     * @param changed false when the call found nothing to do
     */
    public record Command(
            String sourceId,
            Optional<String> snapshotId,
            Optional<SnapshotKind> snapshotType,
            RunStatus status,
            boolean changed,
            Optional<String> message,
            List<TopicLine> topics) {
        public Command {
            topics = List.copyOf(topics);
        }

        /** Returns the answer about a run, if there is one, with topics that were named and are no part of it. */
        static Command of(String sourceId, Optional<Run> run, boolean changed, List<TableTopic> outside) {
            List<TopicLine> lines = new ArrayList<>();
            run.ifPresent(found -> found.topics().forEach(topic -> lines.add(TopicLine.of(topic))));
            outside.forEach(topic -> lines.add(TopicLine.outside(topic)));
            return new Command(
                    sourceId,
                    run.map(found -> found.id().value()),
                    run.map(found -> found.order().terms().kind()),
                    run.map(found -> found.state().status()).orElse(RunStatus.NOT_RUNNING),
                    changed,
                    run.isPresent() ? Optional.empty() : Optional.of("No snapshot is running"),
                    lines);
        }
    }

    /** One topic in the answer of a command. */
    public record TopicLine(
            String topicId,
            String topicName,
            TopicStatus status,
            long rowsRead,
            Optional<Long> rowsEstimated,
            Optional<JsonNode> lastKey) {
        static TopicLine of(RunTopic topic) {
            return new TopicLine(
                    topic.topic().id(),
                    topic.topic().name(),
                    topic.state().status(),
                    topic.delivered().rows(),
                    topic.shownEstimate().map(Estimate::rows),
                    topic.delivered().lastKey());
        }

        static TopicLine outside(TableTopic topic) {
            return new TopicLine(
                    topic.id(), topic.name(), TopicStatus.NOT_IN_SNAPSHOT, 0, Optional.empty(), Optional.empty());
        }
    }

    /** Answer of validate. */
    public record Validation(
            String sourceId,
            SnapshotKind snapshotType,
            boolean ok,
            List<Problem> errors,
            Optional<String> runningSnapshotId,
            List<ValidatedTopic> topics) {
        public Validation {
            errors = List.copyOf(errors);
            topics = List.copyOf(topics);
        }
    }

    /** One topic in the answer of validate. */
    public record ValidatedTopic(
            String topicName,
            String topicId,
            boolean ok,
            List<Problem> errors,
            List<String> warnings,
            List<String> keyColumns,
            KeyOrigin keyOrigin,
            Optional<Long> rowsEstimated,
            Optional<Long> bytesEstimated,
            Optional<Long> durationEstimatedMs,
            Optional<EstimateKind> estimateKind,
            Optional<String> indexUsed,
            Optional<MarkerKind> markerKind) {
        static ValidatedTopic of(CheckedTopic topic, Optional<Long> millis, Optional<MarkerKind> marker) {
            TableFacts facts = topic.facts();
            return new ValidatedTopic(
                    topic.question().topic().name(),
                    topic.question().topic().id(),
                    topic.problems().isEmpty(),
                    topic.problems(),
                    topic.warnings(),
                    facts.keyColumns(),
                    facts.keyOrigin(),
                    facts.estimate().map(Estimate::rows),
                    facts.bytes(),
                    millis,
                    facts.estimate().map(Estimate::kind),
                    facts.indexUsed(),
                    marker);
        }
    }
}
