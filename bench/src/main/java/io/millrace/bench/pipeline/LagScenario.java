package io.millrace.bench.pipeline;

import io.millrace.bench.Figure;
import io.millrace.bench.Latencies;
import io.millrace.bench.snapshot.Pulse;
import io.millrace.bench.snapshot.Worker;
import io.millrace.demo.DemoFailure;
import io.millrace.demo.Pace;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** How long a change takes from its commit until a query on the destination shows it, at 200 changes a second. */
record LagScenario(Worker worker, PostgresDatabase from, PostgresServer to, Pace pace) {
    private static final Duration WARM = Duration.ofSeconds(10);
    private static final Duration SPAN = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration BETWEEN_QUERIES = Duration.ofMillis(2);

    List<Figure> run() {
        try (PostgresCopy copy = PostgresCopy.on(to);
                OurPair pair = OurPair.start(worker.api(), from, Pulse.TABLE, copy, pace);
                Pulse pulse = Pulse.begin(from, new PulseTable(copy.database()), BETWEEN_QUERIES)) {
            pace.rest(WARM);
            long began = System.nanoTime();
            pace.rest(SPAN);
            long ended = System.nanoTime();
            pulse.finish(pace, PATIENCE);
            Latencies lag = new Latencies(pulse.latencies(began, ended));
            return List.of(
                    Figure.atMost(
                            250, "lag at 200 changes/s, PostgreSQL to PostgreSQL, p50", lag.percentileMillis(50), "ms"),
                    Figure.told("the same, p95", lag.percentileMillis(95), "ms"),
                    Figure.atMost(1_000, "the same, p99", lag.percentileMillis(99), "ms"));
        } catch (SQLException e) {
            throw new DemoFailure("the copy cannot be read: " + e.getMessage(), e);
        }
    }
}
