/**
 * Capturing PostgreSQL: what each key of the connector {@code postgresql} does.
 *
 * <p>{@link io.millrace.source.postgresql.KeyEffects} is the table of all keys: a key becomes a property of the
 * connector, is used by the server, has no effect by design, or is not built yet, and then any value but null and its
 * default is refused. No key is silently without effect. {@link io.millrace.source.postgresql.PostgresqlCapture} has
 * the properties.
 *
 * <p>Names that a client sends are names, not patterns: {@code public.Orders} captures that table and neither {@code
 * public.orders} nor {@code public_orders}, although Debezium reads its lists as patterns that do not mind the case.
 */
@NullMarked
package io.millrace.source.postgresql;

import org.jspecify.annotations.NullMarked;
