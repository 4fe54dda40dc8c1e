package io.millrace.snapshot;

import io.millrace.database.EstimateKind;
import io.millrace.database.KeyOrigin;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Tables with a key {@code id} and a thousand rows, unless a test says otherwise. */
final class FixedDatabases implements SourceDatabases {
    private final Map<TableTopic, TableFacts> facts = new ConcurrentHashMap<>();
    private volatile boolean reachable = true;

    void put(TableTopic topic, TableFacts said) {
        facts.put(topic, said);
    }

    void unreachable() {
        reachable = false;
    }

    static TableFacts keyed(String... columns) {
        return new TableFacts(
                List.of(),
                List.of(),
                List.of(columns),
                columns.length == 0 ? KeyOrigin.NONE : KeyOrigin.PRIMARY_KEY,
                Optional.of(new Estimate(1000, EstimateKind.EXACT)),
                Optional.of(64_000L),
                Optional.of("t_pkey"));
    }

    static TableFacts refusing(Problem problem) {
        return new TableFacts(
                List.of(problem),
                List.of(),
                List.of("id"),
                KeyOrigin.PRIMARY_KEY,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Override
    public List<TableFacts> ask(SnapshotSource source, List<TableQuestion> questions) {
        if (!reachable) {
            throw new SourceUnreachableException(
                    "Database of source 'shop' does not answer", new IllegalStateException("down"));
        }
        return questions.stream()
                .map(question -> facts.getOrDefault(question.topic(), keyed("id")))
                .toList();
    }
}
