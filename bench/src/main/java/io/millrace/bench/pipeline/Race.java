package io.millrace.bench.pipeline;

import io.millrace.bench.Progress;
import io.millrace.bench.snapshot.BenchTable;
import io.millrace.bench.snapshot.Worker;
import io.millrace.demo.DemoFailure;
import io.millrace.demo.Pace;
import io.millrace.testkit.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** One table, brought into another database by whoever: first all its rows by snapshot, then changes while it streams. */
final class Race {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final BenchTable table;
    private final ChangeMix changes;
    private final Worker worker;
    private final PostgresServer to;
    private final Path data;
    private final Pace pace;
    private final Progress progress;
    private int files;

    /**
     * @param to where copies in PostgreSQL are
     * @param data folder of the worker's platform, for copies in DuckDB
     */
    Race(BenchTable table, Worker worker, PostgresServer to, Path data, Pace pace, Progress progress) {
        this.table = table;
        this.changes = ChangeMix.of(table);
        this.worker = worker;
        this.to = to;
        this.data = data;
        this.pace = pace;
        this.progress = progress;
    }

    /** Rows of the snapshot and changes of the stream, a second. */
    record Lap(double rows, double changes) {}

    /** Lets a contender bring table and changes into a new copy, and returns what it took; the table is then as before. */
    Lap run(Contender contender) {
        Copy.Content before = PostgresCopy.content(table.database(), "public", table);
        try (Copy copy = contender == Contender.OURS_DUCKDB ? duckDb() : PostgresCopy.on(to)) {
            Lap lap;
            try (Pair pair = pair(contender, copy)) {
                lap = lap(pair, contender, copy, before);
            }
            // Now DuckDB's file is free.
            require(contender, copy, PostgresCopy.content(table.database(), "public", table));
            progress.tell(String.format(
                    Locale.ROOT,
                    "  %-28s %,9.0f rows/s by snapshot, %,9.0f changes/s by stream",
                    contender.label(),
                    lap.rows(),
                    lap.changes()));
            return lap;
        } finally {
            changes.undo();
        }
    }

    private Lap lap(Pair pair, Contender contender, Copy copy, Copy.Content before) {
        Delivered delivered = new Delivered(pair.sink(), pace);
        long began = System.nanoTime();
        pair.snapshot();
        delivered.await(table.rows(), PATIENCE);
        double rows = table.rows() / ((System.nanoTime() - began) / 1e9);
        if (contender != Contender.OURS_DUCKDB) {
            require(contender, copy, before);
        }
        long changed = System.nanoTime();
        changes.write();
        delivered.await(table.rows() + changes.records(), PATIENCE);
        return new Lap(rows, changes.count() / ((System.nanoTime() - changed) / 1e9));
    }

    private void require(Contender contender, Copy copy, Copy.Content wanted) {
        Copy.Content found = copy.content(table);
        if (!found.equals(wanted)) {
            throw new DemoFailure(contender.label() + " made " + found + " of " + wanted);
        }
    }

    /** Returns rows a second of COPY from the source into a copy. */
    double copied(boolean duckDb) {
        try (Copy copy = duckDb ? duckDb() : PostgresCopy.on(to)) {
            double rate = copy.copied(table);
            progress.tell(String.format(
                    Locale.ROOT, "  %-28s %,9.0f rows/s", "COPY to " + (duckDb ? "DuckDB" : "PostgreSQL"), rate));
            return rate;
        }
    }

    private DuckDbCopy duckDb() {
        return DuckDbCopy.in(data, "bench_" + ++files);
    }

    private Pair pair(Contender contender, Copy copy) {
        return contender.isStock()
                ? StockPair.start(
                        worker, table, ((PostgresCopy) copy).database(), contender == Contender.STOCK_TUNED, pace)
                : OurPair.start(worker.api(), table.database(), table.name(), copy, pace);
    }
}
