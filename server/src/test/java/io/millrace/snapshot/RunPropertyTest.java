package io.millrace.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.control.TopicState;
import io.millrace.database.EstimateKind;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.LongRange;

/** Whatever is asked and reported, in whatever order, progress never falls and what is final stays (S5). */
class RunPropertyTest {
    private static final List<String> TABLES = List.of("orders", "items", "other");

    @Property
    void noOrderOfMovesTakesAnythingBack(@ForAll("moves") List<UnaryOperator<Run>> moves) {
        Run run = Runs.pending("orders", "items", "other");
        for (UnaryOperator<Run> move : moves) {
            Run next = move.apply(run);
            assertNothingTakenBack(run, next);
            run = next;
        }
    }

    @Property
    void hundredPercentMeansComplete(@ForAll("moves") List<UnaryOperator<Run>> moves) {
        Run run = Runs.pending("orders", "items", "other");
        for (UnaryOperator<Run> move : moves) {
            run = move.apply(run);
            assertThat(run.percent().orElseThrow() == 100).isEqualTo(run.state() instanceof RunState.Completed);
            for (RunTopic topic : run.topics()) {
                assertThat(topic.percent().orElseThrow() == 100)
                        .isEqualTo(topic.state() instanceof io.millrace.snapshot.TopicState.Completed);
            }
        }
    }

    @Property
    void aRunIsOverExactlyWhenItsTopicsAre(@ForAll("moves") List<UnaryOperator<Run>> moves) {
        Run run = Runs.pending("orders", "items", "other");
        for (UnaryOperator<Run> move : moves) {
            run = move.apply(run);
            assertThat(run.isActive()).isEqualTo(run.topics().stream().anyMatch(RunTopic::isUnfinished));
        }
    }

    @Property
    void theSameReportAgainChangesNothing(
            @ForAll("moves") List<UnaryOperator<Run>> moves, @ForAll("reports") UnaryOperator<Run> report) {
        Run run = Runs.pending("orders", "items", "other");
        for (UnaryOperator<Run> move : moves) {
            run = move.apply(run);
        }
        Run once = report.apply(run);

        assertThat(report.apply(once)).isEqualTo(once);
    }

    @Property
    void anEstimateIsAlwaysAheadOfWhatWasDelivered(
            @ForAll @LongRange(min = 0, max = 1L << 50) long rows,
            @ForAll @LongRange(min = 0, max = 1L << 50) long delivered) {
        Estimate estimate = new Estimate(rows, EstimateKind.EXACT).covering(delivered);

        assertThat(estimate.rows()).isGreaterThanOrEqualTo(delivered);
        assertThat(estimate.percent(delivered)).isBetween(0.0, 99.9);
    }

    @Provide
    Arbitrary<List<UnaryOperator<Run>>> moves() {
        Arbitrary<Long> revisions = Arbitraries.longs().between(1, 6);
        Arbitrary<String> tables = Arbitraries.of(TABLES);
        return Arbitraries.<UnaryOperator<Run>>frequencyOf(
                        Tuple.of(6, reports()),
                        Tuple.of(1, revisions.map(revision -> run -> run.pause(topic -> true, revision))),
                        Tuple.of(1, Arbitraries.just(run -> run.resume(topic -> true))),
                        Tuple.of(
                                1,
                                tables.map(table ->
                                        run -> run.pause(topic -> topic.topic().equals(Runs.topic(table)), 3))),
                        Tuple.of(
                                1,
                                tables.map(table ->
                                        run -> run.resume(topic -> topic.topic().equals(Runs.topic(table))))),
                        Tuple.of(
                                1,
                                tables.map(table ->
                                        run -> run.stop(topic -> topic.topic().equals(Runs.topic(table)), Runs.T0))),
                        Tuple.of(1, Arbitraries.just(run -> run.confirmStops(Runs.T0))))
                .list()
                .ofMaxSize(40);
    }

    @Provide
    Arbitrary<UnaryOperator<Run>> reports() {
        return Combinators.combine(
                        Arbitraries.of(TABLES),
                        Arbitraries.frequency(
                                Tuple.of(8, TopicState.RUNNING),
                                Tuple.of(1, TopicState.PENDING),
                                Tuple.of(1, TopicState.PAUSED),
                                Tuple.of(1, TopicState.CANCELLED),
                                Tuple.of(1, TopicState.COMPLETED),
                                Tuple.of(1, TopicState.FAILED)),
                        Arbitraries.longs().between(0, 6),
                        Arbitraries.longs().between(0, 2000))
                .as((table, state, revision, rows) -> run -> run.report(
                        Map.of(Runs.topic(table).id(), Runs.report(run, table, state, revision, rows)), Runs.T0));
    }

    private static void assertNothingTakenBack(Run before, Run after) {
        assertThat(after.percent().orElseThrow())
                .isGreaterThanOrEqualTo(before.percent().orElseThrow());
        if (before.state() instanceof RunState.Final) {
            assertThat(after.state()).isEqualTo(before.state());
        }
        for (int i = 0; i < before.topics().size(); i++) {
            RunTopic was = before.topics().get(i);
            RunTopic is = after.topics().get(i);
            assertThat(is.delivered().rows())
                    .isGreaterThanOrEqualTo(was.delivered().rows());
            assertThat(is.delivered().bytes())
                    .isGreaterThanOrEqualTo(was.delivered().bytes());
            assertThat(is.percent().orElseThrow())
                    .isGreaterThanOrEqualTo(was.percent().orElseThrow());
            if (!was.isUnfinished()) {
                assertThat(is.state()).isEqualTo(was.state());
            }
        }
    }
}
