package io.millrace.snapshot;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Shows runs, with how fast they are. */
public final class RunViews {
    private final Speeds speeds;
    private final Clock clock;

    public RunViews(Speeds speeds, Clock clock) {
        this.speeds = speeds;
        this.clock = clock;
    }

    /** Returns whether a run shows as paused now. */
    boolean isHeld(Run run) {
        return run.shownAt(clock.instant()).state() instanceof RunState.Paused;
    }

    RunView of(Run stored) {
        Run run = stored.shownAt(clock.instant());
        List<RunView.Topic> topics =
                run.topics().stream().map(topic -> topic(run, topic)).toList();
        RunOrder order = run.order();
        return new RunView(
                run.id().value(),
                run.sourceId(),
                order.terms().kind(),
                run.state().status(),
                order.requestedBy(),
                order.surrogateKey(),
                order.conditions(),
                order.continuedFrom().map(RunId::value),
                order.submitted(),
                run.state().started(),
                run.state() instanceof RunState.Final over ? Optional.of(over.finished()) : Optional.empty(),
                run.state() instanceof RunState.Failed failed ? Optional.of(failed.error()) : Optional.empty(),
                run.rows(),
                run.estimate().map(Estimate::rows),
                run.bytes(),
                run.estimate().map(Estimate::kind),
                run.marker(),
                order.requestId(),
                RunView.Limits.of(order),
                run.percent(),
                eta(run),
                topics);
    }

    private RunView.Topic topic(Run run, RunTopic topic) {
        Optional<Speeds.Speed> speed = speed(run, topic);
        Optional<Instant> finished =
                topic.state() instanceof TopicState.Final over ? Optional.of(over.finished()) : Optional.empty();
        return new RunView.Topic(
                topic.topic().id(),
                topic.topic().name(),
                topic.state().status(),
                topic.delivered().rows(),
                topic.shownEstimate().map(Estimate::rows),
                topic.shownEstimate().map(Estimate::kind),
                topic.delivered().bytes(),
                speed.map(Speeds.Speed::bytesPerSecond).map(RunViews::rounded),
                topic.completeness(),
                topic.percent(),
                speed.map(Speeds.Speed::rowsPerSecond).map(RunViews::rounded),
                speed.flatMap(rate -> millis(remaining(topic), rate.rowsPerSecond())),
                topic.delivered().lastKey(),
                topic.keyColumns(),
                topic.filter(),
                topic.delivered().chunkRows().filter(rows -> rows > 0),
                topic.state().started(),
                finished,
                topic.state() instanceof TopicState.Failed failed ? Optional.of(failed.error()) : Optional.empty());
    }

    /** Only what runs has a speed. */
    private Optional<Speeds.Speed> speed(Run run, RunTopic topic) {
        return topic.state() instanceof TopicState.Running
                ? speeds.of(run.sourceId(), run.id(), topic.topic().id())
                : Optional.empty();
    }

    private Optional<Long> eta(Run run) {
        if (!(run.state() instanceof RunState.Running)) {
            return Optional.empty();
        }
        long rows = 0;
        double perSecond = 0;
        for (RunTopic topic : run.topics()) {
            if (topic.goesOn()) {
                OptionalLong left = remaining(topic);
                if (left.isEmpty()) {
                    return Optional.empty();
                }
                rows += left.getAsLong();
                perSecond += speed(run, topic).map(Speeds.Speed::rowsPerSecond).orElse(0.0);
            }
        }
        return millis(OptionalLong.of(rows), perSecond);
    }

    private static OptionalLong remaining(RunTopic topic) {
        return topic.shownEstimate()
                .map(estimate ->
                        OptionalLong.of(estimate.rows() - topic.delivered().rows()))
                .orElse(OptionalLong.empty());
    }

    private static Optional<Long> millis(OptionalLong rows, double perSecond) {
        return rows.isPresent() && perSecond > 0
                ? Optional.of(Progress.millisFor(rows.getAsLong(), perSecond))
                : Optional.empty();
    }

    private static double rounded(double perSecond) {
        return Math.round(perSecond * 10) / 10.0;
    }
}
