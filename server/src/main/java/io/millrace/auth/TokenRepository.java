package io.millrace.auth;

import io.millrace.store.Store;
import io.millrace.store.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Tokens in the store, by fingerprint. */
final class TokenRepository {
    /** How long an ended token is still told from an unknown one. */
    private static final Duration REMEMBERED = Duration.ofDays(7);

    private final Store store;

    TokenRepository(Store store) {
        this.store = store;
    }

    /** What a token is for. */
    enum Kind {
        ACCESS("access"),
        REFRESH("refresh");

        private final String column;

        Kind(String column) {
            this.column = column;
        }
    }

    /** A token to be kept. */
    record NewToken(Kind kind, String fingerprint, Instant expiresAt) {}

    /**
     * A token that was found.
     *
     * @param revoked whether its credential is
     */
    record Found(ClientCredential credential, Instant expiresAt, boolean revoked) {}

    /** Keeps the tokens and forgets those that ended long ago. */
    void add(String clientId, Instant now, NewToken... tokens) {
        store.change(handle -> {
            handle.createUpdate("delete from token where expires_at < :before")
                    .bind("before", now.minus(REMEMBERED))
                    .execute();
            for (NewToken token : tokens) {
                handle.createUpdate("insert into token (hash, kind, client_id, issued_at, expires_at)"
                                + " values (:hash, :kind, :client, :now, :end)")
                        .bind("hash", token.fingerprint())
                        .bind("kind", token.kind().column)
                        .bind("client", clientId)
                        .bind("now", now)
                        .bind("end", token.expiresAt())
                        .execute();
            }
        });
    }

    Optional<Found> find(Kind kind, String fingerprint) {
        return store.read(handle -> find(handle, kind, fingerprint));
    }

    /** Takes a token out: of two that ask for the same one, one gets it. */
    Optional<Found> take(Kind kind, String fingerprint) {
        return store.write(handle -> {
            Optional<Found> found = find(handle, kind, fingerprint);
            int deleted = handle.execute("delete from token where hash = ? and kind = ?", fingerprint, kind.column);
            return deleted == 0 ? Optional.empty() : found;
        });
    }

    private static Optional<Found> find(Handle handle, Kind kind, String fingerprint) {
        return handle.createQuery("select c.*, t.expires_at from token t join credential c on c.client_id = t.client_id"
                        + " where t.hash = :hash and t.kind = :kind")
                .bind("hash", fingerprint)
                .bind("kind", kind.column)
                .map((row, context) -> {
                    row.getLong("revoked_at");
                    boolean revoked = !row.wasNull();
                    return new Found(
                            CredentialRepository.read(row, handle),
                            Times.fromColumn(row.getLong("expires_at")),
                            revoked);
                })
                .findOne();
    }
}
