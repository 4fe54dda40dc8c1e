package io.millrace.snapshot;

import io.millrace.control.DesiredRun;
import io.millrace.control.DesiredSnapshot;
import io.millrace.control.DesiredTopic;
import io.millrace.control.Intent;
import java.util.Optional;

/**
 * What a source's task is told, made from its newest run.
 *
 * <p>Topics that completed or failed are left out, so that no task begins them again, even one whose offsets were
 * forgotten. Topics that were cancelled stay in with {@link Intent#STOP}: a task that was paused may still hold them. A
 * run that is over is no run.
 */
final class DesiredDocument {
    private DesiredDocument() {}

    static DesiredSnapshot of(String sourceId, long revision, Optional<Run> newest) {
        return new DesiredSnapshot(
                sourceId, revision, newest.filter(Run::isActive).map(DesiredDocument::run));
    }

    private static DesiredRun run(Run run) {
        return new DesiredRun(
                run.id().value(),
                intent(run.state()),
                run.topics().stream()
                        .filter(topic -> topic.isUnfinished() || topic.state() instanceof TopicState.Cancelled)
                        .map(DesiredDocument::topic)
                        .toList(),
                run.order().surrogateKey(),
                run.order().terms());
    }

    private static DesiredTopic topic(RunTopic topic) {
        return new DesiredTopic(
                topic.topic().id(), topic.topic().table(), intent(topic), topic.filter(), topic.startAfter());
    }

    private static Intent intent(RunTopic topic) {
        if (!topic.goesOn()) {
            return Intent.STOP;
        }
        return topic.isHeld() ? Intent.PAUSE : Intent.RUN;
    }

    private static Intent intent(RunState state) {
        if (state instanceof RunState.Paused) {
            return Intent.PAUSE;
        }
        return state instanceof RunState.Stopping ? Intent.STOP : Intent.RUN;
    }
}
