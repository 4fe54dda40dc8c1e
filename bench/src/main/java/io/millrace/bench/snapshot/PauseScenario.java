package io.millrace.bench.snapshot;

import io.millrace.bench.Figure;
import io.millrace.bench.Latencies;
import io.millrace.bench.Progress;
import java.time.Duration;
import java.util.List;

/** Pauses and resumes in the middle of snapshots: how long rows still come, and how soon they come again. */
record PauseScenario(RestSource source, BenchTable table, int pauses, Progress progress) {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofMillis(300);
    private static final Duration QUIET = Duration.ofMillis(700);

    List<Figure> run() {
        long[] silence = new long[pauses];
        long[] again = new long[pauses];
        int runs = 0;
        try (Arrivals rows = new Arrivals(source.client(), source.topic(table.name()))) {
            String run = "";
            for (int i = 0; i < pauses; ) {
                if (run.isEmpty()) {
                    run = source.execute(table.name());
                    runs++;
                }
                if (!flows(rows, run)) {
                    run = "";
                    continue;
                }
                long called = System.nanoTime();
                source.pause(run);
                rows.awaitQuiet(QUIET, PATIENCE);
                if (!source.status(run).equals("paused")) {
                    // It had come to its end before; that is no measurement.
                    source.awaitOver(run);
                    run = "";
                    continue;
                }
                silence[i] = Math.max(0, rows.lastNanos() - called);
                long end = rows.end();
                long resumed = System.nanoTime();
                source.resume(run);
                rows.await(end + 1, PATIENCE);
                again[i] = rows.nanosOf(end) - resumed;
                i++;
            }
            source.stop();
        }
        return figures(silence, again, runs);
    }

    /** Waits for a row; returns whether one came before the run was over. */
    private boolean flows(Arrivals rows, String run) {
        long before = rows.end();
        while (!rows.comesBeyond(before, LOOK)) {
            if (source.isOver(run)) {
                return false;
            }
        }
        return true;
    }

    private List<Figure> figures(long[] silence, long[] again, int runs) {
        progress.tell("  " + pauses + " pauses in " + runs + " runs");
        Latencies silences = new Latencies(silence);
        Latencies resumes = new Latencies(again);
        return List.of(
                Figure.told("pauses", pauses, ""),
                Figure.told("pause: API call to silence, p50", silences.percentileMillis(50), "ms"),
                Figure.atMost(250, "pause: API call to silence, p99", silences.percentileMillis(99), "ms"),
                Figure.told("resume: API call to first row, p50", resumes.percentileMillis(50), "ms"),
                Figure.atMost(500, "resume: API call to first row, p99", resumes.percentileMillis(99), "ms"));
    }
}
