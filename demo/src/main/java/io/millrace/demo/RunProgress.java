package io.millrace.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How far a snapshot run is, as the API tells it.
 *
 * @param percent 0 to 100; empty without an estimate
 */
record RunProgress(String id, String status, long rows, Optional<Double> percent, List<Table> tables) {
    RunProgress {
        tables = List.copyOf(tables);
    }

    /**
     * One table of the run.
     *
     * @param rate rows per second over the last minute
     * @param left time to the end at that rate
     */
    record Table(
            String name,
            String status,
            long rows,
            Optional<Long> estimate,
            Optional<Double> percent,
            Optional<Double> rate,
            Optional<Duration> left) {
        boolean isFinal() {
            return !status.equals("pending")
                    && !status.equals("running")
                    && !status.equals("paused")
                    && !status.equals("stopping");
        }
    }

    /** Reads a snapshot run of the API. */
    static RunProgress of(JsonNode run) {
        List<Table> tables = new ArrayList<>();
        for (JsonNode topic : run.path("topics")) {
            tables.add(new Table(
                    topic.path("topic_name").asText(),
                    topic.path("status").asText(),
                    topic.path("rows_read").asLong(),
                    number(topic, "rows_estimated").map(Double::longValue),
                    number(topic, "percent"),
                    number(topic, "rows_per_second"),
                    number(topic, "eta_ms").map(millis -> Duration.ofMillis(millis.longValue()))));
        }
        long rows = tables.stream().mapToLong(Table::rows).sum();
        return new RunProgress(run.path("id").asText(), run.path("status").asText(), rows, share(tables, rows), tables);
    }

    /** Returns the table of that name; throws {@link DemoFailure} when the run does not have it. */
    Table table(String name) {
        return tables.stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new DemoFailure("run " + id + " does not have the table " + name));
    }

    /** Returns the name of a table that has rows to come, one that is being read if there is one. */
    String firstUnfinished() {
        return tables.stream()
                .filter(table -> !table.isFinal())
                .min(Comparator.comparing(table -> !table.status().equals("running")))
                .map(Table::name)
                .orElseThrow(() -> new DemoFailure("run " + id + " has nothing left to stop"));
    }

    private static Optional<Double> share(List<Table> tables, long rows) {
        long estimate = tables.stream()
                .mapToLong(table -> Math.max(table.rows(), table.estimate().orElse(0L)))
                .sum();
        return estimate == 0 ? Optional.empty() : Optional.of(100.0 * rows / estimate);
    }

    private static Optional<Double> number(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isNumber() ? Optional.of(value.asDouble()) : Optional.empty();
    }
}
