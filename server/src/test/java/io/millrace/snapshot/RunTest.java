package io.millrace.snapshot;

import static io.millrace.control.TopicState.CANCELLED;
import static io.millrace.control.TopicState.COMPLETED;
import static io.millrace.control.TopicState.FAILED;
import static io.millrace.control.TopicState.PAUSED;
import static io.millrace.control.TopicState.RUNNING;
import static io.millrace.snapshot.Runs.T0;
import static io.millrace.snapshot.Runs.reported;
import static io.millrace.snapshot.Runs.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.database.EstimateKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunTest {
    private final Run run = Runs.pending("orders", "items");

    @Test
    void beginsWithItsFirstTopic() {
        Run begun = reported(run, "items", RUNNING, 1, 0);

        assertThat(begun.state()).isEqualTo(new RunState.Running(T0.plusSeconds(1)));
        assertThat(status(begun, "orders")).isEqualTo(TopicStatus.PENDING);
    }

    @Test
    void completesWithItsLastTopic() {
        Run completed = reported(reported(run, "orders", COMPLETED, 1, 1000), "items", COMPLETED, 1, 900);

        assertThat(completed.state().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(completed.percent()).contains(100.0);
    }

    @Test
    void isCompletedWhenSomeTopicsWereTakenOutAndTheOthersCompleted() {
        Run stopped = run.stop(topic -> topic.topic().equals(Runs.topic("orders")), T0);
        Run confirmed = reported(stopped, "orders", CANCELLED, 2, 10);

        assertThat(confirmed.isActive()).isTrue();
        assertThat(reported(confirmed, "items", COMPLETED, 2, 1000).state().status())
                .isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void isCompletedWhenEveryTopicCompletedBeforeTheStopReachedTheTask() {
        Run stopping = run.stop(topic -> true, T0);

        Run completed = reported(reported(stopping, "orders", COMPLETED, 1, 1000), "items", COMPLETED, 1, 1000);

        assertThat(completed.state().status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void isCancelledWhenItWasStoppedAfterATopicFailed() {
        Run stopping = reported(run, "orders", FAILED, 1, 5).stop(topic -> true, T0);

        assertThat(reported(stopping, "items", CANCELLED, 2, 5).state().status())
                .isEqualTo(RunStatus.CANCELLED);
    }

    @Test
    void failsWithTheReasonWhenATopicFailedAndTheOthersCompleted() {
        Run failed = reported(reported(run, "orders", FAILED, 1, 5), "items", COMPLETED, 1, 1000);

        assertThat(failed.state())
                .isEqualTo(new RunState.Failed(
                        Optional.of(T0.plusSeconds(1)), T0.plusSeconds(3), "public.orders: The table is gone"));
    }

    @Test
    void reportsThatComeLateTakeNothingBack() {
        Run advanced = reported(run, "orders", RUNNING, 3, 500);

        assertThat(reported(advanced, "orders", RUNNING, 2, 400)).isEqualTo(advanced);
    }

    @Test
    void aReportOfAnotherRunCountsForNothing() {
        Run other = Runs.pending(new RunId("66b0f2d1a1b2c3d4e5f60002"), "orders");

        assertThat(run.report(Map.of(Runs.topic("orders").id(), Runs.report(other, "orders", COMPLETED, 1, 1000)), T0))
                .isEqualTo(run);
    }

    @Test
    void rowsCommittedBeforeACancelByTheServerAreCountedWhenTheirReportArrives() {
        Run cancelled = run.stop(topic -> true, T0).confirmStops(T0);

        Run late = reported(cancelled, "orders", RUNNING, 1, 700);

        assertThat(late.state()).isEqualTo(cancelled.state());
        assertThat(late.rows()).isEqualTo(700);
        assertThat(late.topics().get(0).continueAfter()).contains(Runs.key(700));
    }

    @Test
    void aPauseIsConfirmedOnlyByAReportUnderItsOwnRevision() {
        Run paused = reported(run, "orders", RUNNING, 1, 10).pause(topic -> true, 2);

        TopicState before =
                reported(paused, "orders", PAUSED, 1, 10).topics().get(0).state();
        TopicState after =
                reported(paused, "orders", PAUSED, 2, 10).topics().get(0).state();

        assertThat(before).isEqualTo(new TopicState.Paused(Optional.of(T0.plusSeconds(1)), 2, false));
        assertThat(after).isEqualTo(new TopicState.Paused(Optional.of(T0.plusSeconds(1)), 2, true));
    }

    @Test
    void resumesToWhereItWas() {
        Run begun = reported(run, "orders", RUNNING, 1, 10);

        assertThat(begun.pause(topic -> true, 2).resume(topic -> true).state()).isEqualTo(begun.state());
        assertThat(run.pause(topic -> true, 2).resume(topic -> true).state()).isEqualTo(new RunState.Pending());
    }

    @Test
    void aLatePauseReportDoesNotHoldAResumedTopic() {
        Run resumed =
                reported(run, "orders", RUNNING, 1, 10).pause(topic -> true, 2).resume(topic -> true);

        assertThat(status(reported(resumed, "orders", PAUSED, 2, 10), "orders")).isEqualTo(TopicStatus.RUNNING);
    }

    @Test
    void holdsOneTopicWhileTheOthersGoOn() {
        Run begun = reported(reported(run, "orders", RUNNING, 1, 10), "items", RUNNING, 1, 10);

        Run held = begun.pause(topic -> topic.topic().equals(Runs.topic("orders")), 2);

        assertThat(held.state()).isEqualTo(begun.state());
        assertThat(status(held, "orders")).isEqualTo(TopicStatus.PAUSED);
        assertThat(status(held, "items")).isEqualTo(TopicStatus.RUNNING);
        assertThat(held.resume(topic -> true)).isEqualTo(begun);
    }

    @Test
    void isHeldWhenTheLastTopicIsThatWasNot() {
        Run begun = reported(reported(run, "orders", RUNNING, 1, 10), "items", RUNNING, 1, 10);
        Run held = begun.pause(topic -> topic.topic().equals(Runs.topic("orders")), 2);

        assertThat(reported(held, "items", COMPLETED, 2, 1000).state().status()).isEqualTo(RunStatus.PAUSED);
        assertThat(held.pause(topic -> true, 3).state().status()).isEqualTo(RunStatus.PAUSED);
        assertThat(held.stop(topic -> topic.topic().equals(Runs.topic("items")), T0)
                        .state()
                        .status())
                .isEqualTo(RunStatus.PAUSED);
    }

    @Test
    void goesOnWithTheFirstTopicThatIsResumed() {
        Run held = reported(run, "orders", RUNNING, 1, 10).pause(topic -> true, 2);

        Run resumed = held.resume(topic -> topic.topic().equals(Runs.topic("orders")));

        assertThat(resumed.state().status()).isEqualTo(RunStatus.RUNNING);
        assertThat(status(resumed, "orders")).isEqualTo(TopicStatus.RUNNING);
        assertThat(status(resumed, "items")).isEqualTo(TopicStatus.PAUSED);
    }

    @Test
    void skippedTopicsDoNotShowInTheEstimateAndDoNotHoldTheRunUp() {
        Run withSkipped = Run.pending(
                run.id(),
                run.sourceId(),
                run.order(),
                List.of(run.topics().get(0), RunTopic.skipped(Runs.topic("log"), T0)));

        assertThat(withSkipped.estimate()).contains(new Estimate(1000, EstimateKind.EXACT));
        assertThat(reported(withSkipped, "orders", COMPLETED, 1, 1000).state().status())
                .isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void endsCancelledAtOnceWhenItsSourceIsGone() {
        Run abandoned = reported(run, "orders", COMPLETED, 1, 1000).abandon(T0);

        assertThat(abandoned.state().status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(status(abandoned, "orders")).isEqualTo(TopicStatus.COMPLETED);
    }
}
