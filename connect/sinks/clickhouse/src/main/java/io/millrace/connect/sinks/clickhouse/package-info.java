/**
 * Rows into tables of ClickHouse, over its HTTP interface.
 *
 * <p>{@link io.millrace.connect.sinks.clickhouse.ClickHouseDestination} inserts what a poll brought, one {@code INSERT} for
 * each table and form of its rows. Where one row is kept for each key, the table is a {@code ReplacingMergeTree}: every
 * state is inserted with a version, and readers with {@code FINAL} see the last one. {@link
 * io.millrace.connect.sinks.clickhouse.Tables} makes tables and lets them follow the rows.
 *
 * @see <a href="https://clickhouse.com/docs/interfaces/http">HTTP interface</a>
 * @see <a href="https://clickhouse.com/docs/interfaces/formats/JSONEachRow">JSONEachRow</a>
 */
@NullMarked
package io.millrace.connect.sinks.clickhouse;

import org.jspecify.annotations.NullMarked;
