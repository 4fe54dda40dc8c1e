package io.millrace.schemaregistry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;

/** Which earlier schemas of its subject a new schema has to get on with, and in which direction. */
enum CompatibilityLevel {
    /** Anything goes. */
    NONE(false, false, false),
    /** The new schema reads what the latest one wrote. */
    BACKWARD(true, false, false),
    /** The new schema reads what all earlier ones wrote. */
    BACKWARD_TRANSITIVE(true, false, true),
    /** The latest schema reads what the new one writes. */
    FORWARD(false, true, false),
    /** All earlier schemas read what the new one writes. */
    FORWARD_TRANSITIVE(false, true, true),
    /** Both ways with the latest schema. */
    FULL(true, true, false),
    /** Both ways with all earlier schemas. */
    FULL_TRANSITIVE(true, true, true);

    private final boolean backward;
    private final boolean forward;
    private final boolean transitive;

    CompatibilityLevel(boolean backward, boolean forward, boolean transitive) {
        this.backward = backward;
        this.forward = forward;
        this.transitive = transitive;
    }

    /** Returns the level of that name, in whatever case. */
    static Optional<CompatibilityLevel> parse(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(level -> level.name().equals(upper))
                .findFirst();
    }

    /**
     * Returns why the candidate is not compatible; nothing if it is.
     *
     * @param earlier earlier schemas, newest first
     */
    List<String> problems(Schema candidate, List<Schema> earlier) {
        List<String> problems = new ArrayList<>();
        List<Schema> compared = transitive ? earlier : earlier.stream().limit(1).toList();
        for (Schema one : compared) {
            if (backward) {
                problems.addAll(unreadable(candidate, one));
            }
            if (forward) {
                problems.addAll(unreadable(one, candidate));
            }
        }
        return problems.stream().distinct().toList();
    }

    private static List<String> unreadable(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities()
                .stream()
                .map(problem -> problem.getType() + " at " + problem.getLocation() + ": " + problem.getMessage())
                .toList();
    }
}
