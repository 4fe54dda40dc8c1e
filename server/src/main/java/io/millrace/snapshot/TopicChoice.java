package io.millrace.snapshot;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Topics of a source as a call names them.
 *
 * @param named each once, in the order of the call
 * @param unknown names that are no topics of the source, each once
 * @param all whether the call named none and so means all
 */
record TopicChoice(List<TableTopic> named, List<String> unknown, boolean all) {
    TopicChoice {
        named = List.copyOf(named);
        unknown = List.copyOf(unknown);
    }

    /** Reads names (or ids) against the topics of a source; nothing, or an empty list, means all. */
    static TopicChoice of(List<TableTopic> topics, Optional<List<String>> names) {
        if (names.filter(list -> !list.isEmpty()).isEmpty()) {
            return new TopicChoice(topics, List.of(), true);
        }
        Map<String, TableTopic> byName = byName(topics);
        Set<TableTopic> known = new LinkedHashSet<>();
        Set<String> unknown = new LinkedHashSet<>();
        for (String name : names.get()) {
            Optional.ofNullable(byName.get(name)).ifPresentOrElse(known::add, () -> unknown.add(name));
        }
        return new TopicChoice(new ArrayList<>(known), new ArrayList<>(unknown), false);
    }

    /** Reads names also against the topics of a run: one that left the source meanwhile can still be steered. */
    static TopicChoice of(List<TableTopic> topics, Optional<Run> run, Optional<List<String>> names) {
        Stream<TableTopic> ofRun =
                run.stream().flatMap(found -> found.topics().stream().map(RunTopic::topic));
        return of(Stream.concat(topics.stream(), ofRun).distinct().toList(), names);
    }

    /** Returns whether a topic of a run is meant. */
    boolean includes(RunTopic topic) {
        return all
                || named.stream().anyMatch(one -> one.id().equals(topic.topic().id()));
    }

    /** Returns topics by everything that a call may name them by; a name wins over an id. */
    static Map<String, TableTopic> byName(List<TableTopic> topics) {
        Map<String, TableTopic> byName = new HashMap<>();
        topics.forEach(topic -> byName.put(topic.id(), topic));
        topics.forEach(topic -> byName.put(topic.name(), topic));
        return byName;
    }

    /** Returns the words that refuse the unknown names. */
    static String refusal(String sourceId, List<String> unknown) {
        return "Unknown topics for source '" + sourceId + "': " + String.join(", ", unknown);
    }
}
