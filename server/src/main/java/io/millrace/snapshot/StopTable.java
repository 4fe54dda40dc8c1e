package io.millrace.snapshot;

import io.millrace.control.SnapshotKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The table of stop situations, decided in the order of the contract. What stands before it there (the shape of the
 * body, the id of the source) is decided before; what stands after it (who confirms) is decided once the wish is
 * published.
 *
 * <table>
 *   <caption>Situations</caption>
 *   <tr><td>a name that is no topic of the source</td><td>refused, also among good ones</td></tr>
 *   <tr><td>the active run is of the other kind than the call</td><td>refused</td></tr>
 *   <tr><td>no active run</td><td>unchanged: the newest run as it is, if there is one</td></tr>
 *   <tr><td>no names</td><td>every unfinished topic is told to stop, and so is the run</td></tr>
 *   <tr><td>names</td><td>those topics are; if nothing goes on then, so is the run</td></tr>
 *   <tr><td>named topics that are finished, stopping or not in the run</td><td>unchanged</td></tr>
 *   <tr><td>the run is paused, and the task has confirmed that</td><td>cancelled at once</td></tr>
 * </table>
 */
final class StopTable {
    private StopTable() {}

    /**
     * Decides a stop.
     *
     * @param topics all topics of the source
     * @param names as the call has them; nothing or none means all
     * @param newest the newest run of the source
     * @param kind what the call can stop; nothing means both
     */
    static StopDecision decide(
            List<TableTopic> topics,
            Optional<List<String>> names,
            Optional<Run> newest,
            Optional<SnapshotKind> kind,
            Instant at) {
        TopicChoice choice = TopicChoice.of(topics, newest.filter(Run::isActive), names);
        if (!choice.unknown().isEmpty()) {
            return new StopDecision.UnknownTopics(choice.unknown());
        }
        List<TableTopic> named = choice.all() ? List.of() : choice.named();
        Optional<Run> active = newest.filter(Run::isActive);
        Optional<SnapshotKind> other =
                active.map(run -> run.order().terms().kind()).filter(found -> kind.isPresent() && kind.get() != found);
        if (other.isPresent()) {
            return new StopDecision.OtherKind(other.get());
        }
        if (active.isEmpty()) {
            return new StopDecision.Unchanged(newest, named);
        }
        Run stopped = active.get().stop(choice::includes, at);
        return stopped.equals(active.get())
                ? new StopDecision.Unchanged(active, named)
                : new StopDecision.Changed(stopped, named);
    }
}
