package io.millrace.auth;

import io.millrace.store.Ids;
import io.millrace.store.Store;
import java.time.Instant;
import java.util.Optional;

/** Tenants and their services. */
public final class Services {
    private final Store store;

    public Services(Store store) {
        this.store = store;
    }

    /** A service and the tenant it belongs to. */
    public record Place(String tenantId, String serviceId) {}

    /** Returns the first service there is, and makes a tenant with one when there is none. */
    public Place first(Ids ids, Instant now) {
        return store.write(handle -> {
            Optional<Place> first = handle.createQuery(
                            "select tenant_id, id from service order by created_at, id limit 1")
                    .map((row, context) -> new Place(row.getString(1), row.getString(2)))
                    .findOne();
            if (first.isPresent()) {
                return first.get();
            }
            Place made = new Place(ids.next(), ids.next());
            handle.createUpdate("insert into tenant (id, name, created_at) values (:id, 'Default', :now)")
                    .bind("id", made.tenantId())
                    .bind("now", now)
                    .execute();
            handle.createUpdate("insert into service (id, tenant_id, name, created_at)"
                            + " values (:id, :tenant, 'Default', :now)")
                    .bind("id", made.serviceId())
                    .bind("tenant", made.tenantId())
                    .bind("now", now)
                    .execute();
            return made;
        });
    }

    /** Returns the service that fits what is given of tenant and service; of several the oldest. */
    Optional<Place> find(Optional<String> tenantId, Optional<String> serviceId) {
        return store.read(handle -> handle.createQuery(
                        "select tenant_id, id from service where tenant_id = coalesce(:tenant, tenant_id)"
                                + " and id = coalesce(:service, id) order by created_at, id limit 1")
                .bind("tenant", tenantId)
                .bind("service", serviceId)
                .map((row, context) -> new Place(row.getString(1), row.getString(2)))
                .findOne());
    }
}
