/** How MySQL and MariaDB writes what a {@link io.millrace.connect.sinks.sql.Dialect} is asked for. */
@NullMarked
package io.millrace.connect.sinks.sql.mysql;

import org.jspecify.annotations.NullMarked;
