package io.millrace.bench.snapshot;

import io.millrace.bench.Figure;
import io.millrace.bench.Progress;
import io.millrace.demo.DemoFailure;
import io.millrace.testkit.MillraceProcess;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** {@code kill -9} of the whole platform in the middle of a snapshot, and a start right after it. */
record KillScenario(MillraceProcess platform, RestSource source, BenchTable table, int kills, Progress progress) {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    List<Figure> run() {
        long readBefore = rowsRead();
        double[] seconds = new double[kills];
        String run = source.execute(table.name());
        for (int i = 0; i < kills; i++) {
            // Evenly over the table, so that each kill meets a snapshot that runs.
            long end = awaitRows((long) table.rows() * (i + 1) / (kills + 2));
            platform.kill();
            long began = System.nanoTime();
            Duration ready = platform.restart();
            source.reconnect();
            seconds[i] = (firstRowAfter(end, run) - began) / 1e9;
            progress.tell(String.format(
                    Locale.ROOT,
                    "  kill %d at offset %d: ready in %.2f s, rows again in %.2f s",
                    i + 1,
                    end,
                    ready.toMillis() / 1e3,
                    seconds[i]));
        }
        String status = source.awaitOver(run);
        if (!status.equals("completed")) {
            throw new DemoFailure("the run ended " + status);
        }
        return figures(seconds, readBefore);
    }

    private long awaitRows(long rows) {
        try (Arrivals arrivals = new Arrivals(source.client(), source.topic(table.name()))) {
            arrivals.await(rows, PATIENCE);
            return arrivals.end();
        }
    }

    /** Returns when a row beyond the end before the kill could be read, or the first look if it could be then. */
    private long firstRowAfter(long end, String run) {
        try (Arrivals arrivals = new Arrivals(source.client(), source.topic(table.name()))) {
            // A few rows may have become readable between the last look and the kill.
            long endAtStart = arrivals.end();
            if (source.status(run).equals("completed")) {
                throw new DemoFailure("the snapshot was over before the kill; take more rows");
            }
            arrivals.await(Math.max(end, endAtStart) + 1, PATIENCE);
            return arrivals.nanosOf(Math.max(end, endAtStart));
        }
    }

    /** Returns how many rows of the table the database has handed out, by its own account. */
    private long rowsRead() {
        table.database().execute("SELECT pg_stat_force_next_flush()");
        return Long.parseLong(table.database()
                .query("SELECT coalesce(idx_tup_fetch, 0) + coalesce(seq_tup_read, 0) FROM pg_stat_user_tables"
                        + " WHERE relname = '" + table.name() + "'")
                .get(0)
                .get(0));
    }

    private List<Figure> figures(double[] seconds, long readBefore) {
        long[] digests = table.digests();
        long readByUs = table.rows();
        long read = rowsRead() - readBefore - readByUs;
        String topic = source.topic(table.name());
        TopicJudge.Verdict verdict;
        try (CommittedTopic committed = CommittedTopic.of(source.client(), topic, 0)) {
            verdict = new TopicJudge(digests, source.decoder()).judge(topic, committed);
        }
        long written;
        try (CommittedTopic all = CommittedTopic.withAborted(source.client(), topic)) {
            written = StreamSupport.stream(all.spliterator(), false)
                    .mapToLong(List::size)
                    .sum();
        }
        return List.of(
                Figure.told("kills in the middle of one snapshot", kills, ""),
                new Figure(
                                "kill -9 to rows again, slowest",
                                Arrays.stream(seconds).max().orElseThrow(),
                                "s",
                                Optional.empty(),
                                Figure.median("", seconds, "").spread())
                        .toBeAtMost(10),
                Figure.told(
                        "rows that the database read again, for each kill", (double) (read - table.rows()) / kills, ""),
                Figure.told(
                        "records that were aborted, for each kill", (double) (written - verdict.records()) / kills, ""),
                Figure.atMost(0, "rows delivered twice", (double) verdict.again(), ""));
    }
}
