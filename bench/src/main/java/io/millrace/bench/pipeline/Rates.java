package io.millrace.bench.pipeline;

import io.millrace.bench.Figure;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The laps of all contenders, and what they say of each other. */
final class Rates {
    private static final double AGAINST_STOCK = 1.5;

    private final Map<Contender, List<Race.Lap>> laps = new EnumMap<>(Contender.class);
    private final List<Double> copiedToPostgresql = new ArrayList<>();
    private final List<Double> copiedToDuckDb = new ArrayList<>();

    void add(Contender contender, Race.Lap lap) {
        laps.computeIfAbsent(contender, key -> new ArrayList<>()).add(lap);
    }

    void addCopied(boolean duckDb, double rate) {
        (duckDb ? copiedToDuckDb : copiedToPostgresql).add(rate);
    }

    /** Returns every rate, and the ratios of those that were measured; each ratio is taken in one round. */
    List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        laps.forEach((contender, list) -> {
            figures.add(Figure.median(contender.label() + ", snapshot", of(list, Race.Lap::rows), "rows/s"));
            figures.add(Figure.median(contender.label() + ", stream", of(list, Race.Lap::changes), "1/s"));
        });
        told("COPY to PostgreSQL", copiedToPostgresql).ifPresent(figures::add);
        told("COPY to DuckDB", copiedToDuckDb).ifPresent(figures::add);
        againstStock(Contender.STOCK_TUNED, figures);
        againstStock(Contender.STOCK_DEFAULT, figures);
        againstCopy("PostgreSQL", Contender.OURS_POSTGRESQL, copiedToPostgresql, figures);
        againstCopy("DuckDB", Contender.OURS_DUCKDB, copiedToDuckDb, figures);
        return figures;
    }

    private void againstStock(Contender stock, List<Figure> figures) {
        double[] snapshots = ratios(rates(Contender.OURS_POSTGRESQL, Race.Lap::rows), rates(stock, Race.Lap::rows));
        double[] streams = ratios(rates(Contender.OURS_POSTGRESQL, Race.Lap::changes), rates(stock, Race.Lap::changes));
        if (snapshots.length > 0) {
            String name = stock == Contender.STOCK_TUNED ? "the stock pair, tuned" : "the stock pair, default";
            figures.add(Figure.median("snapshot against " + name, snapshots, "times")
                    .toBeAtLeast(AGAINST_STOCK));
            figures.add(
                    Figure.median("stream against " + name, streams, "times").toBeAtLeast(AGAINST_STOCK));
        }
    }

    private void againstCopy(String where, Contender ours, List<Double> copied, List<Figure> figures) {
        double[] ratios = ratios(rates(ours, Race.Lap::rows), array(copied));
        if (ratios.length > 0) {
            figures.add(Figure.median("snapshot to " + where + " against COPY out and in", ratios, "times"));
        }
    }

    private double[] rates(Contender contender, ToDoubleFunction<Race.Lap> of) {
        return of(laps.getOrDefault(contender, List.of()), of);
    }

    private static double[] ratios(double[] above, double[] below) {
        double[] ratios = new double[Math.min(above.length, below.length)];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = above[i] / below[i];
        }
        return ratios;
    }

    private static Optional<Figure> told(String name, List<Double> rates) {
        return rates.isEmpty() ? Optional.empty() : Optional.of(Figure.median(name, array(rates), "rows/s"));
    }

    private static double[] of(List<Race.Lap> list, ToDoubleFunction<Race.Lap> of) {
        return list.stream().mapToDouble(of).toArray();
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
