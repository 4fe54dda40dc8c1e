/** How DuckDB writes what a {@link io.millrace.connect.sinks.sql.Dialect} is asked for. */
@NullMarked
package io.millrace.connect.sinks.sql.duckdb;

import org.jspecify.annotations.NullMarked;
