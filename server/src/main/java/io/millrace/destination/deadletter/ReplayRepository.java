package io.millrace.destination.deadletter;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.millrace.connector.ConnectorId;
import io.millrace.connector.Kind;
import io.millrace.http.Json;
import io.millrace.store.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Rows of replays, one for each destination. Every method works in the transaction of the handle it is given. */
final class ReplayRepository {
    void save(Handle handle, Replay replay) {
        handle.execute(
                "delete from dead_letter_replay where destination_id = ?",
                replay.destination().value());
        handle.createUpdate(
                        """
                        insert into dead_letter_replay (destination_id, state, from_offset, to_offset, topics,
                            include_superseded, end_offset, replayed, superseded, left_out, requested_by, started_at,
                            finished_at)
                        values (:destination, :state, :from, :to, :topics, :all, :end, :replayed, :superseded, :left_out,
                            :by, :started, :finished)
                        """)
                .bind("destination", replay.destination().value())
                .bind("state", replay.state().name().toLowerCase(Locale.ROOT))
                .bind("from", replay.scope().from())
                .bind("to", replay.scope().to())
                .bind("topics", replay.scope().topics().map(ReplayRepository::write))
                .bind("all", replay.scope().includeSuperseded() ? 1 : 0)
                .bind("end", replay.end())
                .bind("replayed", replay.counts().replayed())
                .bind("superseded", replay.counts().superseded())
                .bind("left_out", replay.counts().leftOut())
                .bind("by", replay.requestedBy())
                .bind("started", replay.startedAt())
                .bind("finished", replay.finishedAt())
                .execute();
    }

    Optional<Replay> find(Handle handle, ConnectorId destination) {
        return handle.createQuery("select * from dead_letter_replay where destination_id = :destination")
                .bind("destination", destination.value())
                .map((row, context) -> replay(row))
                .findOne();
    }

    /** Returns those that are not over. */
    List<Replay> running(Handle handle) {
        return handle.createQuery("select * from dead_letter_replay where state <> 'completed' order by started_at")
                .map((row, context) -> replay(row))
                .list();
    }

    private static Replay replay(ResultSet row) throws SQLException {
        long finished = row.getLong("finished_at");
        boolean over = !row.wasNull();
        return new Replay(
                new ConnectorId(Kind.DESTINATION, row.getString("destination_id")),
                Replay.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                new Replay.Scope(
                        row.getLong("from_offset"),
                        row.getLong("to_offset"),
                        Optional.ofNullable(row.getString("topics")).map(ReplayRepository::read),
                        row.getInt("include_superseded") == 1),
                new Replay.Counts(row.getLong("replayed"), row.getLong("superseded"), row.getLong("left_out")),
                row.getLong("end_offset"),
                row.getString("requested_by"),
                Times.fromColumn(row.getLong("started_at")),
                over ? Optional.of(Times.fromColumn(finished)) : Optional.empty());
    }

    private static String write(List<String> topics) {
        try {
            return Json.mapper().writeValueAsString(topics);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a list of names is always JSON", e);
        }
    }

    private static List<String> read(String topics) {
        try {
            return List.of(Json.mapper().readValue(topics, String[].class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the store holds a list of names that is no JSON", e);
        }
    }
}
