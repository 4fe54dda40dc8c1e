package io.millrace.source;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Rows of what one source only may use. Every method works in the transaction of the handle it is given. */
final class ClaimRepository {
    /** A source that is in the way. */
    record Rival(String name, String tenantId, Claims claims) {}

    void put(Handle handle, SourceId source, Claims claims) {
        handle.createUpdate(
                        """
                        insert into source_claim (source_id, db_server, db_name, slot_name, publication_name)
                        values (:source, :server, :database, :slot, :publication)
                        on conflict (source_id) do update set db_server = excluded.db_server, db_name = excluded.db_name,
                            slot_name = excluded.slot_name, publication_name = excluded.publication_name
                        """)
                .bind("source", source.value())
                .bind("server", claims.server())
                .bind("database", claims.database())
                .bind("slot", claims.slot())
                .bind("publication", claims.publication())
                .execute();
    }

    /** Returns what a source claims, or would if it were deployed. */
    Claims of(Handle handle, SourceId source) {
        return handle.createQuery("select * from source_claim where source_id = :source")
                .bind("source", source.value())
                .map((row, context) -> new Claims(
                        Optional.ofNullable(row.getString("db_server")),
                        Optional.ofNullable(row.getString("db_name")),
                        Optional.ofNullable(row.getString("slot_name")),
                        Optional.ofNullable(row.getString("publication_name"))))
                .findOne()
                .orElse(Claims.NONE);
    }

    /** Returns another deployed source with the same slot or publication. */
    Optional<Rival> findRival(Handle handle, Optional<SourceId> self, Claims claims) {
        return handle.createQuery(
                        """
                        select s.name, s.tenant_id, c.* from source_claim c join connector s on s.id = c.source_id
                        where c.db_server = :server and c.db_name = :database
                            and (c.slot_name = :slot or c.publication_name = :publication)
                            and s.id <> :self and s.deleted = 0 and s.desired <> 'Pending'
                        order by s.created_at, s.id limit 1
                        """)
                .bind("server", claims.server().orElse(""))
                .bind("database", claims.database().orElse(""))
                .bind("slot", claims.slot().orElse(""))
                .bind("publication", claims.publication().orElse(""))
                .bind("self", self.map(SourceId::value).orElse(""))
                .map((row, context) -> new Rival(
                        row.getString("name"),
                        row.getString("tenant_id"),
                        new Claims(
                                Optional.ofNullable(row.getString("db_server")),
                                Optional.ofNullable(row.getString("db_name")),
                                Optional.ofNullable(row.getString("slot_name")),
                                Optional.ofNullable(row.getString("publication_name")))))
                .findOne();
    }
}
