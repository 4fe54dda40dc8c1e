/** DuckDB, by plain JDBC. The driver is not here: who opens a session brings the one that has the file open already. */
@NullMarked
package io.millrace.database.duckdb;

import org.jspecify.annotations.NullMarked;
