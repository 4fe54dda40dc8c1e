package io.millrace.snapshot;

import io.millrace.control.MarkerKind;
import io.millrace.database.EstimateKind;
import io.millrace.database.KeyOrigin;
import io.millrace.database.KeyRange;
import io.millrace.database.TableView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Tables with a key {@code id} and a thousand rows, unless a test says otherwise. Nothing is counted before a test says so. */
final class FixedDatabases implements SourceDatabases {
    private final Map<TableTopic, TableFacts> facts = new ConcurrentHashMap<>();
    private final Map<TableTopic, Long> counts = new ConcurrentHashMap<>();
    private final Map<TableTopic, KeyRange> counted = new ConcurrentHashMap<>();
    private volatile boolean reachable = true;

    void put(TableTopic topic, TableFacts said) {
        facts.put(topic, said);
    }

    /** Sets what a count in a range of the table comes to. */
    void count(TableTopic topic, long rows) {
        counts.put(topic, rows);
    }

    /** Returns the range that was counted last. */
    Optional<KeyRange> counted(TableTopic topic) {
        return Optional.ofNullable(counted.get(topic));
    }

    void unreachable() {
        reachable = false;
    }

    static TableFacts keyed(String... columns) {
        return sized(new Estimate(1000, EstimateKind.EXACT), columns);
    }

    static TableFacts sized(Estimate estimate, String... columns) {
        return new TableFacts(
                List.of(),
                List.of(),
                List.of(columns),
                columns.length == 0 ? KeyOrigin.NONE : KeyOrigin.PRIMARY_KEY,
                Optional.of(estimate),
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

    @Override
    public Examination examine(SnapshotSource source, List<TableQuestion> questions) {
        return new Examination(MarkerKind.POSITION, ask(source, questions));
    }

    @Override
    public Optional<Long> count(SnapshotSource source, TableTopic topic, KeyRange range, Duration limit) {
        counted.put(topic, range);
        return Optional.ofNullable(counts.get(topic));
    }

    @Override
    public Optional<TableView> view(
            SnapshotSource source, TableTopic topic, KeyRange range, long most, Consumer<List<String>> keys) {
        return Optional.empty();
    }

    @Override
    public boolean hasPassed(SnapshotSource source, String position) {
        return false;
    }

    @Override
    public void nudge(SnapshotSource source) {}
}
