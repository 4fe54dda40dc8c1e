/**
 * Where desired state and records are kept: SQLite in a file, or PostgreSQL when several servers share it.
 *
 * <p>{@link io.millrace.store.Store#read read} and {@link io.millrace.store.Store#write write} each run one transaction;
 * what {@code write} returned from survives {@code kill -9}. Repositories are plain classes with a {@code Store}:
 *
 * <pre>{@code
 * Optional<Source> find(SourceId id) {
 *     return store.read(handle -> handle.createQuery("select * from source where id = :id")
 *             .bind("id", id.value())
 *             .map((row, ctx) -> new Source(...))
 *             .findOne());
 * }
 * }</pre>
 *
 * <p>One set of SQL serves both databases. Its subset: types {@code varchar}, {@code text}, {@code bigint}, {@code integer},
 * {@code double precision}; booleans as {@code integer} 0 or 1; times as {@code bigint}, microseconds since 1970 (an {@code Instant}
 * can be bound and {@code row.getLong} read with {@link io.millrace.store.Times}); JSON as {@code text}; {@code on conflict ... do update}, {@code returning} and {@code limit/offset} are
 * available in both. Text compares by code point in SQLite and by collation in PostgreSQL: order by columns where that does not matter, or by
 * {@code lower(name), id}. Migrations are in {@code migrations/}, one range of numbers per feature, and never change once released.
 *
 * <p>Repository tests run on both databases: {@code @OnEveryStore} over a class with one {@code TestStore} parameter.
 */
@NullMarked
package io.millrace.store;

import org.jspecify.annotations.NullMarked;
