package io.millrace.snapshot;

import static io.millrace.control.TopicState.RUNNING;
import static io.millrace.snapshot.Runs.T0;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventDiffTest {
    private final RunViews views = new RunViews(new Speeds(Clock.systemUTC()), Clock.fixed(T0, ZoneOffset.UTC));
    private final EventDiff diff = new EventDiff(0);
    private final Run pending = Runs.pending("orders");
    private final Run running = Runs.reported(pending, "orders", RUNNING, 1, 10);

    @Test
    void tellsAChangeOfStateAtOnce() {
        diff.to(views.of(pending), T0);

        assertThat(names(diff.to(views.of(running), T0.plusMillis(1)))).containsExactly("progress", "status");
    }

    @Test
    void tellsProgressAtASteadyPace() {
        diff.to(views.of(running), T0);
        Run further = Runs.reported(running, "orders", RUNNING, 1, 20);

        assertThat(names(diff.to(views.of(further), T0.plusMillis(250)))).isEmpty();
        assertThat(names(diff.to(views.of(further), T0.plusMillis(750)))).containsExactly("progress");
    }

    @Test
    void tellsOfARunningTopicOnceASecondEvenWhenNothingMoves() {
        diff.to(views.of(running), T0);

        assertThat(names(diff.to(views.of(running), T0.plusMillis(999)))).containsExactly("progress");
    }

    @Test
    void leavesOutTopicsThatWait() {
        diff.to(views.of(pending), T0);

        assertThat(names(diff.to(views.of(pending), T0.plusSeconds(5)))).isEmpty();
    }

    private static List<String> names(List<String> events) {
        return events.stream()
                .map(event -> event.lines().toList().get(1).substring("event: ".length()))
                .toList();
    }
}
