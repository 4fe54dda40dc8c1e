package io.millrace.bench.snapshot;

import io.millrace.bench.Figure;
import io.millrace.bench.Latencies;
import io.millrace.bench.Progress;
import io.millrace.demo.Pace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** How long a change takes from its commit to a consumer, with nothing else going on and while a table is snapshotted. */
record LatencyScenario(Worker worker, BenchTable table, Pace pace, Progress progress) {
    private static final Duration WARM = Duration.ofSeconds(5);
    private static final Duration SPAN = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration QUIET = Duration.ofMillis(500);

    List<Figure> run() {
        try (Deployed deployed = Deployed.start(
                        worker, table.database(), Contender.OURS_AVRO, List.of(table.name(), Pulse.TABLE), pace);
                Pulse pulse = Pulse.begin(
                        table.database(),
                        new PulseTopic(worker.client(), deployed.topic(Pulse.TABLE), deployed.decoder()),
                        Duration.ZERO)) {
            pace.rest(WARM);
            long alone = System.nanoTime();
            pace.rest(SPAN);
            long crowded = System.nanoTime();
            List<long[]> spans = snapshots(deployed, crowded + SPAN.toNanos());
            pulse.finish(pace, PATIENCE);
            long[] during = spans.stream()
                    .flatMapToLong(span -> LongStream.of(pulse.latencies(span[0], span[1])))
                    .toArray();
            return figures(new Latencies(pulse.latencies(alone, crowded)), new Latencies(during), during.length);
        }
    }

    /** Runs snapshot after snapshot and returns from when to when each delivered rows. */
    private List<long[]> snapshots(Deployed deployed, long until) {
        List<long[]> spans = new ArrayList<>();
        try (Arrivals arrivals = new Arrivals(worker.client(), deployed.topic(table.name()))) {
            while (System.nanoTime() < until) {
                long began = System.nanoTime();
                long before = arrivals.end();
                deployed.snapshot(table.name());
                arrivals.await(before + table.rows(), PATIENCE);
                arrivals.awaitQuiet(QUIET, PATIENCE);
                spans.add(new long[] {began, arrivals.nanosOf(before + table.rows() - 1)});
            }
        }
        progress.tell("  " + spans.size() + " snapshots while " + Pulse.PER_SECOND + " changes a second went through");
        return spans;
    }

    private static List<Figure> figures(Latencies alone, Latencies during, int changes) {
        double most = Math.min(150, 3 * alone.percentileMillis(99));
        return List.of(
                Figure.atMost(15, "200 changes/s alone, commit to topic, p50", alone.percentileMillis(50), "ms"),
                Figure.told("200 changes/s alone, commit to topic, p95", alone.percentileMillis(95), "ms"),
                Figure.atMost(60, "200 changes/s alone, commit to topic, p99", alone.percentileMillis(99), "ms"),
                Figure.told("changes committed during a snapshot", changes, ""),
                Figure.told("200 changes/s during a snapshot, p50", during.percentileMillis(50), "ms"),
                Figure.told("200 changes/s during a snapshot, p95", during.percentileMillis(95), "ms"),
                Figure.atMost(most, "200 changes/s during a snapshot, p99", during.percentileMillis(99), "ms"));
    }
}
