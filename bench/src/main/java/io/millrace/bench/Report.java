package io.millrace.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** What a benchmark found. */
record Report(String bench, Instant at, Machine machine, List<Figure> figures) {
    private static final ObjectMapper JSON = new ObjectMapper();

    Report {
        figures = List.copyOf(figures);
    }

    /** Returns whether every goal is reached. */
    boolean isGood() {
        return figures.stream().allMatch(Figure::isReached);
    }

    /** Prints a table in Markdown. */
    void print(PrintStream out) {
        out.println();
        out.println(bench + " on " + machine);
        out.println();
        out.println(
                String.format("| %-58s | %-21s | %-24s | %-14s | %-6s |", "figure", "value", "spread", "goal", "met"));
        out.println("|" + "-".repeat(60) + "|" + "-".repeat(23) + "|" + "-".repeat(26) + "|" + "-".repeat(16) + "|"
                + "-".repeat(8) + "|");
        figures.forEach(figure -> out.println(figure.row()));
    }

    /** Writes the same as JSON, and makes the folder if it is not there. */
    void write(Path file) throws IOException {
        ObjectNode report = JSON.createObjectNode().put("bench", bench).put("at", at.toString());
        report.putObject("machine")
                .put("processor", machine.processor())
                .put("cores", machine.cores())
                .put("memory_mib", machine.memoryMebibytes())
                .put("system", machine.system())
                .put("java", machine.java());
        ArrayNode list = report.putArray("figures");
        for (Figure figure : figures) {
            ObjectNode entry = list.addObject()
                    .put("name", figure.name())
                    // JSON has no number for what could not be measured.
                    .put("value", Double.isFinite(figure.value()) ? (Double) figure.value() : null)
                    .put("unit", figure.unit())
                    .put("reached", figure.isReached());
            figure.goal().ifPresent(goal -> entry.put(goal.atMost() ? "at_most" : "at_least", goal.bound()));
            figure.spread()
                    .ifPresent(spread -> entry.put("least", spread.least()).put("greatest", spread.greatest()));
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, report.toPrettyString() + "\n");
    }
}
