package io.millrace.auth;

import io.millrace.store.Store;
import io.millrace.store.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Credentials in the store. */
final class CredentialRepository {
    private final Store store;

    CredentialRepository(Store store) {
        this.store = store;
    }

    void add(ClientCredential credential, SecretHash hash) {
        store.change(handle -> {
            handle.createUpdate("insert into credential (client_id, tenant_id, service_id, description, created_from,"
                            + " created_by, created_at, secret_hash) values (:id, :tenant, :service, :description,"
                            + " :from, :by, :at, :hash)")
                    .bind("id", credential.clientId())
                    .bind("tenant", credential.tenantId())
                    .bind("service", credential.serviceId())
                    .bind("description", credential.description())
                    .bind("from", credential.createdFrom().name().toLowerCase(Locale.ROOT))
                    .bind("by", credential.createdBy())
                    .bind("at", credential.createdAt())
                    .bind("hash", hash.toColumn())
                    .execute();
            for (Role role : credential.roles()) {
                handle.execute(
                        "insert into credential_role (client_id, role) values (?, ?)",
                        credential.clientId(),
                        role.key());
            }
        });
    }

    /** Returns the credentials of a service that are not revoked, oldest first. */
    List<ClientCredential> list(String tenantId, String serviceId) {
        return store.read(handle -> handle.createQuery(
                        "select * from credential where tenant_id = :tenant and service_id = :service"
                                + " and revoked_at is null order by created_at, client_id")
                .bind("tenant", tenantId)
                .bind("service", serviceId)
                .map((row, context) -> read(row, handle))
                .list());
    }

    Optional<ClientCredential> find(String clientId) {
        return store.read(
                handle -> handle.createQuery("select * from credential where client_id = :id and revoked_at is null")
                        .bind("id", clientId)
                        .map((row, context) -> read(row, handle))
                        .findOne());
    }

    /** Returns what is kept of the secret of a credential that is not revoked. */
    Optional<String> hashOf(String clientId) {
        return store.read(handle -> handle.createQuery(
                        "select secret_hash from credential where client_id = :id and revoked_at is null")
                .bind("id", clientId)
                .mapTo(String.class)
                .findOne());
    }

    /** Returns whether anybody can log in as Admin. */
    boolean hasAdmin() {
        return store.read(handle -> handle.createQuery(
                                "select count(*) from credential c join credential_role r on r.client_id = c.client_id"
                                        + " where r.role = :role and c.revoked_at is null")
                        .bind("role", Role.ADMIN.key())
                        .mapTo(Long.class)
                        .one())
                > 0;
    }

    /** Gives a credential another secret, and takes back a revocation. */
    void restore(String clientId, SecretHash hash) {
        store.change(handle -> handle.createUpdate(
                        "update credential set secret_hash = :hash, revoked_at = null where client_id = :id")
                .bind("hash", hash.toColumn())
                .bind("id", clientId)
                .execute());
    }

    boolean exists(String clientId) {
        return store.read(handle -> handle.createQuery("select client_id from credential where client_id = :id")
                .bind("id", clientId)
                .mapTo(String.class)
                .findOne()
                .isPresent());
    }

    /** Revokes a credential of this service; false when it has none of that id. */
    boolean revoke(String tenantId, String serviceId, String clientId, Instant now) {
        return store.write(handle ->
                handle.createUpdate("update credential set revoked_at = :now, secret_hash = '' where client_id = :id"
                                        + " and tenant_id = :tenant and service_id = :service and revoked_at is null")
                                .bind("now", now)
                                .bind("id", clientId)
                                .bind("tenant", tenantId)
                                .bind("service", serviceId)
                                .execute()
                        > 0);
    }

    static ClientCredential read(ResultSet row, Handle handle) throws SQLException {
        String clientId = row.getString("client_id");
        return new ClientCredential(
                clientId,
                row.getString("tenant_id"),
                row.getString("service_id"),
                Optional.ofNullable(row.getString("description")),
                CreatedFrom.valueOf(row.getString("created_from").toUpperCase(Locale.ROOT)),
                Optional.ofNullable(row.getString("created_by")),
                Times.fromColumn(row.getLong("created_at")),
                roles(handle, clientId));
    }

    private static Set<Role> roles(Handle handle, String clientId) {
        return new HashSet<>(handle.createQuery("select role from credential_role where client_id = :id")
                .bind("id", clientId)
                .map((row, context) -> Role.find(row.getString(1)).orElseThrow())
                .list());
    }
}
