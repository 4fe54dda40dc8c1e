/** How PostgreSQL writes what a {@link io.millrace.connect.sinks.sql.Dialect} is asked for. */
@NullMarked
package io.millrace.connect.sinks.sql.postgresql;

import org.jspecify.annotations.NullMarked;
