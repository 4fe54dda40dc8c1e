package io.millrace.snapshot;

import io.millrace.control.ControlJson;
import io.millrace.control.MarkerKind;
import io.millrace.control.RunTerms;
import io.millrace.control.TableName;
import io.millrace.database.EstimateKind;
import io.millrace.http.shape.WireNames;
import io.millrace.store.Times;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;

/** Runs and their topics as rows, and rows as runs. */
final class RunRows {
    private RunRows() {}

    /** A run without its topics. */
    record RunRow(RunId id, String sourceId, RunOrder order, RunState state, Optional<Double> percent) {}

    static RunRow run(ResultSet row) throws SQLException {
        return new RunRow(
                new RunId(row.getString("id")),
                row.getString("source_id"),
                new RunOrder(
                        row.getString("requested_by"),
                        Times.fromColumn(row.getLong("submitted_at")),
                        Optional.ofNullable(row.getString("request_id")),
                        Optional.ofNullable(row.getString("surrogate_key")),
                        StoredJson.read(row.getString("conditions"), StoredJson.CONDITIONS),
                        Optional.ofNullable(row.getString("priority"))
                                .map(json -> StoredJson.read(json, StoredJson.NAMES)),
                        Optional.ofNullable(row.getString("terms"))
                                .map(json -> ControlJson.read(json.getBytes(StandardCharsets.UTF_8), RunTerms.class))
                                .orElse(RunTerms.UNLIMITED),
                        Optional.ofNullable(row.getString("continued_from")).map(RunId::new)),
                StoredStates.run(state(row)),
                percent(row));
    }

    static RunTopic topic(ResultSet row) throws SQLException {
        return new RunTopic(
                new TableTopic(
                        row.getString("topic"),
                        row.getString("name"),
                        new TableName(row.getString("table_schema"), row.getString("table_name"))),
                StoredJson.read(row.getString("key_columns"), StoredJson.NAMES),
                Optional.ofNullable(row.getString("filter")),
                Optional.ofNullable(row.getString("start_after")).map(json -> StoredJson.read(json, StoredJson.TREE)),
                estimate(row),
                new Delivered(
                        row.getLong("delivered_rows"),
                        row.getLong("delivered_bytes"),
                        Optional.ofNullable(row.getString("last_key"))
                                .map(json -> StoredJson.read(json, StoredJson.TREE)),
                        chunkRows(row)),
                new Looked(
                        Optional.ofNullable(row.getString("greatest_key"))
                                .map(json -> StoredJson.read(json, StoredJson.TREE)),
                        Optional.ofNullable(row.getString("marker"))
                                .map(name -> MarkerKind.valueOf(name.toUpperCase(Locale.ROOT)))),
                completeness(row),
                percent(row),
                StoredStates.topic(state(row), row.getLong("pause_revision"), row.getInt("pause_confirmed") == 1),
                row.getLong("revision"));
    }

    static <S extends SqlStatement<S>> S bind(S statement, Run run) {
        StoredStates.Columns state = StoredStates.of(run.state());
        RunOrder order = run.order();
        return statement
                .bind("id", run.id().value())
                .bind("source", run.sourceId())
                .bind("requested_by", order.requestedBy())
                .bind("submitted", order.submitted())
                .bind("request_id", order.requestId())
                .bind("surrogate", order.surrogateKey())
                .bind("conditions", StoredJson.write(order.conditions()))
                .bind("priority", order.priority().map(StoredJson::write))
                .bind("terms", new String(ControlJson.write(order.terms()), StandardCharsets.UTF_8))
                .bind("continued_from", order.continuedFrom().map(RunId::value))
                .bind("state", state.state())
                .bind("started", state.started())
                .bind("finished", state.finished())
                .bind("error", state.error())
                .bind("percent", run.percent());
    }

    static <S extends SqlStatement<S>> S bind(S statement, RunTopic topic) {
        StoredStates.Columns state = StoredStates.of(topic.state());
        Optional<TopicState.Paused> pause =
                topic.state() instanceof TopicState.Paused paused ? Optional.of(paused) : Optional.empty();
        return statement
                .bind("topic", topic.topic().id())
                .bind("name", topic.topic().name())
                .bind("schema", topic.topic().table().schema())
                .bind("table", topic.topic().table().table())
                .bind("key_columns", StoredJson.write(topic.keyColumns()))
                .bind("filter", topic.filter())
                .bind("start_after", topic.startAfter().map(StoredJson::write))
                .bind("estimate_rows", topic.estimate().map(Estimate::rows))
                .bind("estimate_kind", topic.estimate().map(estimate -> WireNames.of(estimate.kind())))
                .bind("rows", topic.delivered().rows())
                .bind("bytes", topic.delivered().bytes())
                .bind("last_key", topic.delivered().lastKey().map(StoredJson::write))
                .bind("chunk_rows", topic.delivered().chunkRows())
                .bind("greatest_key", topic.looked().greatestKey().map(StoredJson::write))
                .bind("marker", topic.looked().marker().map(WireNames::of))
                .bind("rows_in_table", topic.completeness().map(Completeness::rowsInTable))
                .bind("keys_delivered", topic.completeness().map(Completeness::keysDelivered))
                .bind("checked", topic.completeness().map(Completeness::checkedTimestamp))
                .bind("percent", topic.percent())
                .bind("state", state.state())
                .bind("started", state.started())
                .bind("finished", state.finished())
                .bind("error", state.error())
                .bind("pause_revision", pause.map(TopicState.Paused::revision))
                .bind(
                        "pause_confirmed",
                        pause.filter(TopicState.Paused::confirmed).isPresent() ? 1 : 0)
                .bind("revision", topic.revision());
    }

    private static StoredStates.Columns state(ResultSet row) throws SQLException {
        return new StoredStates.Columns(
                row.getString("state"),
                time(row, "started_at"),
                time(row, "finished_at"),
                Optional.ofNullable(row.getString("error")));
    }

    private static Optional<Estimate> estimate(ResultSet row) throws SQLException {
        Optional<String> kind = Optional.ofNullable(row.getString("estimate_kind"));
        long rows = row.getLong("estimate_rows");
        return kind.map(name -> new Estimate(rows, EstimateKind.valueOf(name.toUpperCase(Locale.ROOT))));
    }

    private static Optional<Completeness> completeness(ResultSet row) throws SQLException {
        long rows = row.getLong("rows_in_table");
        long keys = row.getLong("keys_delivered");
        return time(row, "checked_at").map(at -> new Completeness(rows, keys, at));
    }

    private static Optional<Double> percent(ResultSet row) throws SQLException {
        double percent = row.getDouble("percent");
        return row.wasNull() ? Optional.empty() : Optional.of(percent);
    }

    private static Optional<Integer> chunkRows(ResultSet row) throws SQLException {
        int rows = row.getInt("chunk_rows");
        return row.wasNull() ? Optional.empty() : Optional.of(rows);
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        long micros = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Times.fromColumn(micros));
    }
}
