package io.millrace.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.control.RunTerms;
import io.millrace.control.TableName;
import io.millrace.control.TopicProgress;
import io.millrace.database.EstimateKind;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs and reports for tests. */
final class Runs {
    static final String SOURCE = "66b0f1c9a1b2c3d4e5f60000";
    static final Instant T0 = Instant.parse("2026-01-15T10:30:00Z");

    private Runs() {}

    static TableTopic topic(String table) {
        return new TableTopic(
                "source_" + SOURCE + ".public." + table, "public." + table, new TableName("public", table));
    }

    static List<TableTopic> topics(String... tables) {
        return Arrays.stream(tables).map(Runs::topic).toList();
    }

    static Run pending(String... tables) {
        return pending(new RunId("66b0f2d1a1b2c3d4e5f60001"), tables);
    }

    static Run pending(RunId id, String... tables) {
        return Run.pending(
                id,
                SOURCE,
                order(Optional.empty()),
                Arrays.stream(tables)
                        .map(table -> RunTopic.pending(
                                topic(table),
                                List.of("id"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(new Estimate(1000, EstimateKind.EXACT))))
                        .toList());
    }

    static RunOrder order(Optional<String> requestId) {
        return new RunOrder(
                "client",
                T0,
                requestId,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                RunTerms.UNLIMITED,
                Optional.empty());
    }

    static TopicProgress report(Run run, String table, io.millrace.control.TopicState state, long revision, long rows) {
        return new TopicProgress(
                run.sourceId(),
                run.id().value(),
                topic(table).id(),
                state,
                revision,
                rows,
                rows * 100,
                List.of("id"),
                rows == 0 ? Optional.empty() : Optional.of(key(rows)),
                Optional.empty(),
                Optional.empty(),
                500,
                state == io.millrace.control.TopicState.PENDING ? Optional.empty() : Optional.of(T0.plusSeconds(1)),
                Optional.empty(),
                state == io.millrace.control.TopicState.FAILED ? Optional.of("The table is gone") : Optional.empty(),
                T0.plusSeconds(2));
    }

    static JsonNode key(long id) {
        return StoredJson.read("{\"id\":" + id + "}", StoredJson.TREE);
    }

    static Run reported(Run run, String table, io.millrace.control.TopicState state, long revision, long rows) {
        return run.report(Map.of(topic(table).id(), report(run, table, state, revision, rows)), T0.plusSeconds(3));
    }

    static TopicStatus status(Run run, String table) {
        return run.topics().stream()
                .filter(each -> each.topic().equals(topic(table)))
                .findFirst()
                .orElseThrow()
                .state()
                .status();
    }
}
