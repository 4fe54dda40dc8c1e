package io.millrace.bench.snapshot;

import io.millrace.bench.Figure;
import io.millrace.bench.Progress;
import io.millrace.demo.Pace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** How fast changes come that piled up while the task was away. */
record BacklogScenario(Worker worker, BenchTable table, int repeats, Random random, Pace pace, Progress progress) {
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final Duration QUIET = Duration.ofSeconds(2);
    private static final int CHANGES_PER_TRANSACTION = 500;

    List<Figure> run() {
        List<Double> ours = new ArrayList<>();
        List<Double> stock = new ArrayList<>();
        for (int round = 0; round <= repeats; round++) {
            List<Contender> order = new ArrayList<>(List.of(Contender.OURS_AVRO, Contender.STOCK_TUNED));
            Collections.shuffle(order, random);
            for (Contender contender : order) {
                double rate = drain(contender);
                if (round > 0) {
                    (contender == Contender.OURS_AVRO ? ours : stock).add(rate);
                }
                progress.tell(String.format(
                        Locale.ROOT,
                        "  %-22s %,10.0f changes/s%s",
                        contender.label(),
                        rate,
                        round == 0 ? " (warm-up)" : ""));
            }
        }
        double[] ratios = new double[repeats];
        Arrays.setAll(ratios, i -> ours.get(i) / stock.get(i));
        return List.of(
                Figure.told("changes in the backlog", table.rows(), ""),
                Figure.median("backlog, ours", Rates.array(ours), "1/s"),
                Figure.median("backlog, stock tuned", Rates.array(stock), "1/s"),
                Figure.median("backlog, ours against stock tuned", ratios, "times")
                        .toBeAtLeast(1));
    }

    /** Returns changes a second, from the first that arrives to the last. */
    private double drain(Contender contender) {
        table.database().execute("TRUNCATE " + table.name());
        try (Deployed deployed = Deployed.start(worker, table.database(), contender, List.of(table.name()), pace);
                Arrivals arrivals = new Arrivals(worker.client(), deployed.topic(table.name()))) {
            deployed.stop();
            table.fill(CHANGES_PER_TRANSACTION);
            long[] digests = table.digests();
            deployed.resume();
            arrivals.await(table.rows(), PATIENCE);
            arrivals.awaitQuiet(QUIET, PATIENCE);
            try (CommittedTopic read = CommittedTopic.of(worker.client(), deployed.topic(table.name()), 0)) {
                TopicJudge.Verdict verdict =
                        new TopicJudge(digests, deployed.decoder()).judge(deployed.topic(table.name()), read);
                return table.rows() / ((arrivals.nanosOf(verdict.lastOffset()) - arrivals.nanosOf(0)) / 1e9);
            }
        }
    }
}
