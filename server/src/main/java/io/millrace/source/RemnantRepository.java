package io.millrace.source;

import io.millrace.connector.ConfigColumns;
import io.millrace.connector.Connector;
import io.millrace.store.Ids;
import io.millrace.store.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Rows of remnants. Every method works in the transaction of the handle it is given. */
final class RemnantRepository {
    private final Ids ids;

    RemnantRepository(Ids ids) {
        this.ids = ids;
    }

    void leave(Handle handle, Connector source, Made thing, String server, Instant now) {
        handle.createUpdate(
                        """
                        insert into source_remnant (id, source_id, tenant_id, kind, name, connector, config, secrets, db_server,
                            left_at, attempts)
                        values (:id, :source, :tenant, :kind, :name, :connector, :config, :secrets, :server, :leftAt, 0)
                        """)
                .bind("id", ids.next())
                .bind("source", source.id().value())
                .bind("tenant", source.tenantId())
                .bind("kind", thing.kind().name())
                .bind("name", thing.name())
                .bind("connector", source.code())
                .bind("config", ConfigColumns.write(source.config().open()))
                .bind("secrets", ConfigColumns.write(source.config().secrets()))
                .bind("server", server)
                .bind("leftAt", now)
                .execute();
    }

    /** Returns all, oldest first. */
    List<Remnant> all(Handle handle) {
        return handle.createQuery("select * from source_remnant order by left_at, id")
                .map((row, context) -> remnant(row))
                .list();
    }

    void failed(Handle handle, String id, String error) {
        handle.execute("update source_remnant set attempts = attempts + 1, last_error = ? where id = ?", error, id);
    }

    void dropped(Handle handle, String id) {
        handle.execute("delete from source_remnant where id = ?", id);
    }

    private static Remnant remnant(ResultSet row) throws SQLException {
        return new Remnant(
                row.getString("id"),
                new SourceId(row.getString("source_id")),
                row.getString("tenant_id"),
                new Made(Made.Kind.valueOf(row.getString("kind")), row.getString("name")),
                row.getString("connector"),
                ConfigColumns.read(row.getString("config"), row.getString("secrets")),
                row.getString("db_server"),
                Times.fromColumn(row.getLong("left_at")),
                row.getInt("attempts"),
                Optional.ofNullable(row.getString("last_error")));
    }
}
