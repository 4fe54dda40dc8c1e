package io.millrace.metric;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Rows that say whose it is that was measured. Every method works in the transaction of the handle it is given. */
final class OwnedRepository {
    Map<Entity, Owned> all(Handle handle) {
        Map<Entity, Owned> owned = new HashMap<>();
        handle.createQuery("select * from measured_entity")
                .map((row, context) -> Map.entry(
                        new Entity(row.getString("entity")),
                        new Owned(
                                row.getString("kind"),
                                row.getString("id"),
                                row.getString("tenant_id"),
                                row.getString("service_id"),
                                row.getString("name"),
                                Optional.ofNullable(row.getString("connector")))))
                .forEach(entry -> owned.put(entry.getKey(), entry.getValue()));
        return owned;
    }

    void put(Handle handle, Map<Entity, Owned> owned) {
        if (owned.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch(
                """
                insert into measured_entity (entity, kind, id, tenant_id, service_id, name, name_lower, connector)
                values (:entity, :kind, :id, :tenant, :service, :name, :nameLower, :connector)
                on conflict (entity) do update set name = excluded.name, name_lower = excluded.name_lower,
                    service_id = excluded.service_id, connector = excluded.connector
                """);
        owned.forEach((entity, one) -> batch.bind("entity", entity.key())
                .bind("kind", one.kind())
                .bind("id", one.id())
                .bind("tenant", one.tenantId())
                .bind("service", one.serviceId())
                .bind("name", one.name())
                .bind("nameLower", one.name().toLowerCase(Locale.ROOT))
                .bind("connector", one.code())
                .add());
        batch.execute();
    }

    /** Removes those of which there are no figures any more. */
    void expire(Handle handle) {
        handle.execute("delete from measured_entity where not exists"
                + " (select 1 from metric_point p where p.entity = measured_entity.entity)"
                + " and not exists (select 1 from metric_latest l where l.entity = measured_entity.entity)");
    }
}
