/**
 * Capturing PostgreSQL: what each key of the connector {@code postgresql} does. {@link
 * io.millrace.source.postgresql.PostgresqlCapture} has the properties, {@code io.millrace.source.relational} what is not
 * PostgreSQL's own.
 */
@NullMarked
package io.millrace.source.postgresql;

import org.jspecify.annotations.NullMarked;
