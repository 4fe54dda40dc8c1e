package io.millrace.bench.snapshot;

import io.millrace.bench.Figure;
import io.millrace.bench.Latencies;
import io.millrace.bench.Progress;
import io.millrace.demo.DemoFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Stops in the middle of a snapshot: from the API call to the moment when the last row of the snapshot could be read; half
 * of them right after a transaction of many rows was committed, which the stream has not seen yet.
 */
record StopScenario(RestSource source, BenchTable table, int stops, int lag, Random random, Progress progress) {
    static final String LAGGING = "lagging";
    private static final int ATTEMPTS = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration QUIET = Duration.ofMillis(700);

    static void createTable(BenchTable table) {
        table.database().execute("CREATE TABLE " + LAGGING + " (id bigserial PRIMARY KEY, at timestamptz NOT NULL)");
    }

    /**
     * One stop.
     *
     * @param answerNanos until the call was answered
     * @param lastRowNanos until the last row could be read; 0 when none came after the call
     * @param changes end of the changes' topic when the call was answered
     * @param late whether a row came after the answer that the run is cancelled
     */
    private record Stop(long answerNanos, long lastRowNanos, long changes, boolean late) {}

    List<Figure> run() {
        List<Boolean> behind = new ArrayList<>();
        for (int i = 0; i < stops; i++) {
            behind.add(i % 2 == 0);
        }
        Collections.shuffle(behind, random);
        List<Stop> all = new ArrayList<>();
        List<Stop> lagged = new ArrayList<>();
        try (Arrivals rows = new Arrivals(source.client(), source.topic(table.name()));
                Arrivals changes = new Arrivals(source.client(), source.topic(LAGGING))) {
            counted(rows, changes, false); // warm-up
            for (boolean isBehind : behind) {
                Stop stop = counted(rows, changes, isBehind);
                all.add(stop);
                if (isBehind) {
                    lagged.add(stop);
                }
            }
        }
        return figures(all, lagged);
    }

    /** Returns the first stop that was not too late to be one. */
    private Stop counted(Arrivals rows, Arrivals changes, boolean behind) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Stop> stop = stop(rows, changes, behind);
            if (stop.isPresent()) {
                return stop.get();
            }
        }
        throw new DemoFailure("snapshots are over before they can be stopped; take more rows");
    }

    /** Returns nothing when the snapshot, or the lag, was over before. */
    private Optional<Stop> stop(Arrivals rows, Arrivals changes, boolean behind) {
        try (Connection connection = table.database().connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            if (behind) {
                statement.execute("INSERT INTO " + LAGGING + " (at) SELECT now() FROM generate_series(1, " + lag + ")");
            }
            long before = rows.end();
            long changesBefore = changes.end();
            String run = source.execute(table.name());
            rows.await(before + Math.max(1, table.rows() / 20), PATIENCE);
            connection.commit();
            Stop stop = stop(rows, changes);
            boolean counts = source.awaitOver(run).equals("cancelled");
            long end = rows.end();
            if (behind) {
                counts &= stop.changes - changesBefore < lag;
                changes.await(changesBefore + lag, PATIENCE);
            }
            // Nothing may come either when the stream has caught up.
            Stop judged = new Stop(
                    stop.answerNanos, stop.lastRowNanos, stop.changes, stop.late || counts && rows.end() > end);
            return counts ? Optional.of(judged) : Optional.empty();
        } catch (SQLException e) {
            throw new DemoFailure("the stream cannot be put behind: " + e.getMessage(), e);
        }
    }

    private Stop stop(Arrivals rows, Arrivals changes) {
        long called = System.nanoTime();
        String answer = source.stop();
        long answered = System.nanoTime();
        long endAtAnswer = rows.end();
        long changesAtAnswer = changes.end();
        rows.awaitQuiet(QUIET, PATIENCE);
        // What was readable at the answer had come before it, give or take one look.
        boolean late = answer.equals("cancelled")
                && rows.end() > endAtAnswer
                && rows.lastNanos() - answered > 2 * Arrivals.STEP.toNanos();
        return new Stop(answered - called, Math.max(0, rows.lastNanos() - called), changesAtAnswer, late);
    }

    private List<Figure> figures(List<Stop> all, List<Stop> lagged) {
        Latencies answers =
                new Latencies(all.stream().mapToLong(Stop::answerNanos).toArray());
        Latencies last =
                new Latencies(all.stream().mapToLong(Stop::lastRowNanos).toArray());
        Latencies behind =
                new Latencies(lagged.stream().mapToLong(Stop::lastRowNanos).toArray());
        long late = all.stream().filter(Stop::late).count();
        progress.tell("  " + all.size() + " stops, " + lagged.size() + " of them behind " + lag + " rows");
        return List.of(
                Figure.told("stops", all.size(), ""),
                Figure.told("stops behind the rows of one transaction", lag, "rows"),
                Figure.told("stop: API call to its answer, p50", answers.percentileMillis(50), "ms"),
                Figure.told("stop: API call to its answer, p99", answers.percentileMillis(99), "ms"),
                Figure.told("stop: API call to last row in the topic, p50", last.percentileMillis(50), "ms"),
                Figure.atMost(250, "stop: API call to last row in the topic, p99", last.percentileMillis(99), "ms"),
                Figure.told("the same, of those behind only, p99", behind.percentileMillis(99), "ms"),
                Figure.atMost(0, "stops after whose confirmation a row came", (double) late, ""));
    }
}
