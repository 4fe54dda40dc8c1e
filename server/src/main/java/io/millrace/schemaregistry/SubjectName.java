package io.millrace.schemaregistry;

import io.millrace.control.ControlTopics;
import java.util.Optional;
import java.util.regex.Pattern;

/** Name of a subject: by convention the topic and {@code -key} or {@code -value}. */
record SubjectName(String value) {
    static final int MOST_CHARACTERS = 500;

    private static final Pattern CAPTURED = Pattern.compile("source_[0-9a-f]{24}\\..+", Pattern.DOTALL);
    private static final Pattern OF_TOPIC = Pattern.compile("(.+)-(?:key|value)", Pattern.DOTALL);
    private static final String HEARTBEAT = "__debezium-heartbeat.";

    SubjectName {
        if (value.isEmpty() || value.length() > MOST_CHARACTERS) {
            throw RegistryProblems.invalidSubject(value);
        }
    }

    /** Returns the topic that the name speaks of, empty for names that follow no such rule. */
    Optional<String> topic() {
        return Optional.of(OF_TOPIC.matcher(value))
                .filter(name -> name.matches())
                .map(name -> name.group(1));
    }

    /** Returns whether a captured source writes it. */
    boolean captured() {
        return CAPTURED.matcher(value).matches();
    }

    /** Returns whether it belongs to a topic of ours that no one is shown. */
    boolean internal() {
        return value.startsWith(HEARTBEAT)
                || topic().filter(name -> name.equals(ControlTopics.DESIRED) || name.equals(ControlTopics.PROGRESS))
                        .isPresent();
    }

    /** Returns whether its schemas are taken whatever the settings say, so that no setting can stop a source. */
    boolean unchecked() {
        return captured() || internal();
    }
}
