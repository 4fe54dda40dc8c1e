package io.millrace.metric;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;

/** What was measured of one thing within one stretch of time. Not thread-safe. */
public final class Tally {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DELAYS = "d";

    private final EnumMap<Metric, Long> values = new EnumMap<>(Metric.class);
    /** Number of changes by the upper bound of their delay in milliseconds. */
    private final TreeMap<Long, Long> delays = new TreeMap<>();

    /** Adds a value that was measured after all that are there. */
    void add(Metric metric, long value) {
        if (!metric.isCount() || value != 0) {
            values.merge(metric, value, metric.fold()::of);
        }
    }

    /** Adds changes with a delay of at most so many milliseconds. */
    void addDelays(long upperMillis, long changes) {
        if (changes != 0) {
            delays.merge(upperMillis, changes, Long::sum);
        }
    }

    /** Adds what was measured in a later stretch. */
    public void addAll(Tally later) {
        later.values.forEach(this::add);
        later.delays.forEach(this::addDelays);
    }

    /** Keeps no values of a moment: they are measured anew, or not known. */
    void dropMoments() {
        values.keySet().removeIf(metric -> !metric.isCount());
    }

    /** Returns whether nothing was counted, and all values of the moment are those of another tally. */
    boolean saysNoMoreThan(Tally other) {
        return delays.isEmpty()
                && values.keySet().stream().noneMatch(Metric::isCount)
                && values.equals(other.moments());
    }

    private EnumMap<Metric, Long> moments() {
        EnumMap<Metric, Long> moments = new EnumMap<>(values);
        moments.keySet().removeIf(Metric::isCount);
        return moments;
    }

    /** Returns the counts of this, less those of what is a part of it. */
    Tally less(Tally part) {
        Tally rest = new Tally();
        for (Metric metric : Metric.values()) {
            if (metric.isCount()) {
                rest.add(metric, Math.max(0, count(metric) - part.count(metric)));
            }
        }
        return rest;
    }

    /** Returns a figure as clients read it; nothing when it was not measured. */
    Optional<Object> reading(Reported figure) {
        return figure.reading().apply(this);
    }

    /** Has the delays of another tally, and no others. */
    void replaceDelays(Tally other) {
        delays.clear();
        delays.putAll(other.delays);
    }

    /** Returns a value; none of a moment that was not measured, and 0 of a count. */
    public OptionalLong value(Metric metric) {
        Long value = values.get(metric);
        if (value == null) {
            return metric.isCount() ? OptionalLong.of(0) : OptionalLong.empty();
        }
        return OptionalLong.of(value);
    }

    /** Returns the count of a metric that counts. */
    public long count(Metric metric) {
        return value(metric).orElse(0);
    }

    /** Returns whether anything was measured. */
    public boolean isEmpty() {
        return values.isEmpty() && delays.isEmpty();
    }

    /**
     * Returns the delay in milliseconds that a share of the changes did not exceed, within the width of the class that it
     * falls in; none when no delay was measured.
     *
     * @param share between 0 and 1
     */
    public OptionalDouble delay(double share) {
        long all = delays.values().stream().mapToLong(Long::longValue).sum();
        if (all == 0) {
            return OptionalDouble.empty();
        }
        long before = 0;
        double lower = 0;
        for (Map.Entry<Long, Long> one : delays.entrySet()) {
            double wanted = share * all - before;
            if (wanted <= one.getValue()) {
                return OptionalDouble.of(lower + (one.getKey() - lower) * Math.max(0, wanted) / one.getValue());
            }
            before += one.getValue();
            // Classes that are empty are left out; this one begins a fourth root of two below its end.
            lower = Math.max((double) (long) one.getKey(), nextLower(one.getKey()));
        }
        return OptionalDouble.of((double) (long) delays.lastKey());
    }

    private double nextLower(long key) {
        Long higher = delays.higherKey(key);
        return higher == null ? (double) key : (double) higher / Math.pow(2, 0.25);
    }

    /** Returns the longest delay in milliseconds; none when no delay was measured. */
    public OptionalDouble longestDelay() {
        return delays.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of((double) (long) delays.lastKey());
    }

    /** Returns the same as text, for the store. */
    String toJson() {
        ObjectNode json = JSON.createObjectNode();
        values.forEach((metric, value) -> json.put(metric.code(), value));
        if (!delays.isEmpty()) {
            ObjectNode classes = json.putObject(DELAYS);
            delays.forEach((upper, count) -> classes.put(Long.toString(upper), count));
        }
        return json.toString();
    }

    /** Reads what {@link #toJson} made. */
    static Tally ofJson(String text) {
        Tally tally = new Tally();
        try {
            for (Map.Entry<String, JsonNode> member : JSON.readTree(text).properties()) {
                if (member.getKey().equals(DELAYS)) {
                    member.getValue()
                            .properties()
                            .forEach(one -> tally.addDelays(
                                    Long.parseLong(one.getKey()), one.getValue().asLong()));
                } else {
                    tally.values.put(
                            Metric.of(member.getKey()), member.getValue().asLong());
                }
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the store holds figures that are none: " + text, e);
        }
        return tally;
    }
}
