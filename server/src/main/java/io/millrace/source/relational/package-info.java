/**
 * What capturing is the same for in all relational databases: lists of tables and columns, the transformations that rows
 * pass, where a server is, and what becomes of keys.
 *
 * <p>{@link io.millrace.source.relational.KeyEffects} is the table of all keys of a connector: a key becomes a property of
 * the connector, is used by the server, has no effect by design, or is not built yet, and then any value but null and its
 * default is refused. No key is silently without effect.
 *
 * <p>Names that a client sends are names, not patterns: {@code public.Orders} captures that table and neither {@code
 * public.orders} nor {@code public_orders}, although Debezium reads its lists as patterns that do not mind the case.
 */
@NullMarked
package io.millrace.source.relational;

import org.jspecify.annotations.NullMarked;
