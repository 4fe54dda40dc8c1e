/**
 * Values that must not be seen.
 *
 * <p>In memory a secret is a {@link io.millrace.secret.Secret}: whatever prints it shows stars, and {@code reveal()} is
 * easy to search for. At rest it is text made by {@link io.millrace.secret.SealedSecrets}: AES-256-GCM under the master
 * key, bound to the record and member it belongs to, so that no sealed value can be moved to another place:
 *
 * <pre>{@code
 * String column = sealed.seal(password, "source/" + id + "/database.password");
 * Secret password = sealed.open(column, "source/" + id + "/database.password");
 * }</pre>
 *
 * <p>The master key is a file of its own, readable by its owner only. Its first line seals; further lines are older keys that can
 * still open, so a key is changed by putting a new line on top.
 */
@NullMarked
package io.millrace.secret;

import org.jspecify.annotations.NullMarked;
