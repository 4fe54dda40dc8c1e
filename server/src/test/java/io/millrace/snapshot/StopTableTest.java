package io.millrace.snapshot;

import static io.millrace.control.TopicState.COMPLETED;
import static io.millrace.control.TopicState.PAUSED;
import static io.millrace.control.TopicState.RUNNING;
import static io.millrace.snapshot.Runs.T0;
import static io.millrace.snapshot.Runs.reported;
import static io.millrace.snapshot.Runs.status;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StopTableTest {
    private static final List<TableTopic> TOPICS = Runs.topics("orders", "items", "other");

    private final Run running =
            reported(reported(Runs.pending("orders", "items"), "orders", RUNNING, 1, 100), "items", RUNNING, 1, 100);

    @Test
    void refusesTheWholeCallForOneNameThatIsNoTopicEvenAmongGoodOnes() {
        StopDecision decision = decide(running, "public.orders", "public.nope", "public.nope", "x");

        assertThat(decision).isEqualTo(new StopDecision.UnknownTopics(List.of("public.nope", "x")));
    }

    @Test
    void refusesUnknownNamesAlsoWhenNothingRuns() {
        assertThat(StopTable.decide(TOPICS, Optional.of(List.of("nope")), Optional.empty(), Optional.empty(), T0))
                .isEqualTo(new StopDecision.UnknownTopics(List.of("nope")));
    }

    @Test
    void doesNothingWhenThereNeverWasARun() {
        assertThat(StopTable.decide(TOPICS, Optional.empty(), Optional.empty(), Optional.empty(), T0))
                .isEqualTo(new StopDecision.Unchanged(Optional.empty(), List.of()));
    }

    @Test
    void leavesAFinishedRunAsItIs() {
        Run completed = reported(Runs.pending("orders"), "orders", COMPLETED, 1, 1000);

        assertThat(decide(completed)).isEqualTo(new StopDecision.Unchanged(Optional.of(completed), List.of()));
    }

    @Test
    void stopsEveryUnfinishedTopicAndTheRunWhenNoneIsNamed() {
        Run halfDone = reported(running, "items", COMPLETED, 1, 1000);

        Run stopped = changed(decide(halfDone));

        assertThat(stopped.state().status()).isEqualTo(RunStatus.STOPPING);
        assertThat(status(stopped, "orders")).isEqualTo(TopicStatus.STOPPING);
        assertThat(status(stopped, "items")).isEqualTo(TopicStatus.COMPLETED);
    }

    @Test
    void takesAnEmptyListForAllTopics() {
        StopDecision decision =
                StopTable.decide(TOPICS, Optional.of(List.of()), Optional.of(running), Optional.empty(), T0);

        assertThat(changed(decision).state().status()).isEqualTo(RunStatus.STOPPING);
    }

    @Test
    void stopsNamedTopicsAloneAndLetsTheOthersGoOn() {
        Run stopped = changed(decide(running, "public.orders"));

        assertThat(stopped.state().status()).isEqualTo(RunStatus.RUNNING);
        assertThat(status(stopped, "orders")).isEqualTo(TopicStatus.STOPPING);
        assertThat(status(stopped, "items")).isEqualTo(TopicStatus.RUNNING);
    }

    @Test
    void understandsIdsAsWellAsNames() {
        Run stopped = changed(decide(running, Runs.topic("orders").id()));

        assertThat(status(stopped, "orders")).isEqualTo(TopicStatus.STOPPING);
    }

    @Test
    void stopsTheRunWhenNothingUnfinishedIsLeft() {
        Run stopped = changed(decide(running, "public.orders", "public.items"));

        assertThat(stopped.state().status()).isEqualTo(RunStatus.STOPPING);
        assertThat(stopped.confirmStops(T0).state().status()).isEqualTo(RunStatus.CANCELLED);
    }

    @Test
    void leavesATopicAloneThatIsFinishedOrNotInTheRun() {
        Run halfDone = reported(running, "items", COMPLETED, 1, 1000);

        StopDecision decision = decide(halfDone, "public.items", "public.other");

        assertThat(decision)
                .isEqualTo(new StopDecision.Unchanged(Optional.of(halfDone), Runs.topics("items", "other")));
    }

    @Test
    void stopsAPendingRun() {
        assertThat(changed(decide(Runs.pending("orders"))).state().status()).isEqualTo(RunStatus.STOPPING);
    }

    @Test
    void cancelsAPausedRunAtOnceWhenTheTaskHasConfirmedThePause() {
        Run paused = running.pause(topic -> true, 2);
        Run confirmed = reported(reported(paused, "orders", PAUSED, 2, 100), "items", PAUSED, 2, 100);

        assertThat(changed(decide(confirmed)).state().status()).isEqualTo(RunStatus.CANCELLED);
    }

    @Test
    void waitsForTheTaskWhenAPausedRunWasNotConfirmed() {
        Run paused = reported(running.pause(topic -> true, 2), "orders", PAUSED, 1, 100);

        assertThat(changed(decide(paused)).state().status()).isEqualTo(RunStatus.STOPPING);
    }

    @Test
    void doesNotStopTwice() {
        Run stopping = changed(decide(running));

        assertThat(decide(stopping)).isEqualTo(new StopDecision.Unchanged(Optional.of(stopping), List.of()));
    }

    @Test
    void stillTakesOutATopicThatLeftTheSourceDuringTheRun() {
        StopDecision decision = StopTable.decide(
                Runs.topics("items"),
                Optional.of(List.of("public.orders")),
                Optional.of(running),
                Optional.empty(),
                T0);

        assertThat(status(changed(decision), "orders")).isEqualTo(TopicStatus.STOPPING);
    }

    private static StopDecision decide(Run newest, String... names) {
        Optional<List<String>> named = names.length == 0 ? Optional.empty() : Optional.of(List.of(names));
        return StopTable.decide(TOPICS, named, Optional.of(newest), Optional.empty(), T0);
    }

    private static Run changed(StopDecision decision) {
        assertThat(decision).isInstanceOf(StopDecision.Changed.class);
        return ((StopDecision.Changed) decision).run();
    }
}
