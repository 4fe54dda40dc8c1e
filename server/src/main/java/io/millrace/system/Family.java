package io.millrace.system;

import java.util.List;
import java.util.Map;

/**
 * Figures of one name, for Prometheus.
 *
 * @param name what it is called, a counter without {@code _total}
 * @param type counter or gauge
 * @param help a sentence without a line end
 */
public record Family(String name, Type type, String help, List<Sample> samples) {
    public Family {
        samples = List.copyOf(samples);
    }

    /** Whether a figure only grows. */
    public enum Type {
        COUNTER,
        GAUGE
    }

    /**
     * One figure.
     *
     * @param labels never a name from a client, and nothing of a row
     */
    public record Sample(Map<String, String> labels, double value) {
        public Sample {
            labels = Map.copyOf(labels);
        }
    }

    /** Returns a family with one figure that needs no labels. */
    static Family of(String name, Type type, String help, double value) {
        return new Family(name, type, help, List.of(new Sample(Map.of(), value)));
    }
}
