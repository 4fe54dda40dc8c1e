/**
 * Who may do what: credentials, the tokens they are traded for, roles and permissions.
 *
 * <p>A client trades the id and secret of an API credential for an access token, which is bound to one tenant and one
 * service and holds the permissions of the credential's roles. Tokens are random text without meaning; the store keeps their SHA-256
 * and is asked at every call, so a revoked credential ends at once on every server, and an acknowledged token survives
 * a kill. Secrets of credentials are kept as salted PBKDF2 ({@link io.millrace.auth.SecretHash}).
 *
 * <p>Permissions are {@code read:<resource>} or {@code write:<resource>}; write does not include read.
 * {@link io.millrace.auth.Role} is the whole table of roles. Nobody can give a credential more than they hold.
 */
@NullMarked
package io.millrace.auth;

import org.jspecify.annotations.NullMarked;
