package io.millrace.bench.snapshot;

import io.millrace.bench.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** The laps of all contenders, and what they say of each other. */
final class Rates {
    private static final double AGAINST_DEFAULT = 12;
    private static final double AGAINST_TUNED = 8;
    private static final double AGAINST_PRODUCER = 0.65;
    private static final double AVRO_AGAINST_JSON = 1.3;
    private static final double ON_AGAINST_OFF = 0.85;
    private static final double COST_AGAINST_TUNED = 0.2;

    private final Map<Entry, List<Race.Lap>> laps = new TreeMap<>();

    /** A contender on a worker with exactly-once on or off. */
    private record Entry(Contender contender, boolean exactlyOnce) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int order = contender.compareTo(other.contender);
            return order == 0 ? Boolean.compare(other.exactlyOnce, exactlyOnce) : order;
        }

        String label() {
            return contender == Contender.PRODUCER
                    ? contender.label()
                    : contender.label() + ", exactly-once " + (exactlyOnce ? "on" : "off");
        }
    }

    void add(Contender contender, boolean exactlyOnce, Race.Lap lap) {
        laps.computeIfAbsent(new Entry(contender, exactlyOnce), key -> new ArrayList<>())
                .add(lap);
    }

    /** Returns every rate and cost, and the ratios of those that were measured. */
    List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        laps.forEach((entry, list) -> {
            figures.add(median(entry.label(), list, Race.Lap::rowsPerSecond, "rows/s"));
            figures.add(median(entry.label() + ", processor", list, Race.Lap::microsPerRow, "us/row"));
            figures.add(median(entry.label() + ", record", list, Race.Lap::bytesPerRow, "bytes"));
        });
        Entry avro = new Entry(Contender.OURS_AVRO, true);
        Entry tuned = new Entry(Contender.STOCK_TUNED, true);
        Entry jsonOff = new Entry(Contender.OURS_JSON, false);
        speed("ours against stock default", avro, new Entry(Contender.STOCK_DEFAULT, true), AGAINST_DEFAULT, figures);
        speed("ours against stock tuned", avro, tuned, AGAINST_TUNED, figures);
        speed(
                "JSON, exactly-once off, against a plain KafkaProducer",
                jsonOff,
                new Entry(Contender.PRODUCER, false),
                AGAINST_PRODUCER,
                figures);
        speed("Avro against JSON", avro, new Entry(Contender.OURS_JSON, true), AVRO_AGAINST_JSON, figures);
        speed("exactly-once on against off", avro, new Entry(Contender.OURS_AVRO, false), ON_AGAINST_OFF, figures);
        ratio(avro, tuned, Race.Lap::microsPerRow)
                .ifPresent(ratios ->
                        figures.add(Figure.median("processor time per row, ours against stock tuned", ratios, "times")
                                .toBeAtMost(COST_AGAINST_TUNED)));
        return figures;
    }

    private void speed(String name, Entry one, Entry other, double goal, List<Figure> figures) {
        ratio(one, other, Race.Lap::rowsPerSecond)
                .ifPresent(ratios ->
                        figures.add(Figure.median(name, ratios, "times").toBeAtLeast(goal)));
    }

    /** Returns the ratio of each round; empty when one of the two was not measured. */
    private Optional<double[]> ratio(Entry one, Entry other, ToDoubleFunction<Race.Lap> of) {
        List<Race.Lap> above = laps.getOrDefault(one, List.of());
        List<Race.Lap> below = laps.getOrDefault(other, List.of());
        int rounds = Math.min(above.size(), below.size());
        double[] ratios = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            ratios[i] = of.applyAsDouble(above.get(i)) / of.applyAsDouble(below.get(i));
        }
        return rounds == 0 ? Optional.empty() : Optional.of(ratios);
    }

    private static Figure median(String name, List<Race.Lap> list, ToDoubleFunction<Race.Lap> of, String unit) {
        return Figure.median(name, list.stream().mapToDouble(of).toArray(), unit);
    }

    static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
