/**
 * Writing to ClickHouse: what each key of the connector {@code clickhouse} does. {@link
 * io.millrace.destination.clickhouse.ClickHouseSink} has the properties, {@link
 * io.millrace.destination.clickhouse.ClickHouseLook} looks at the server over its HTTP interface.
 */
@NullMarked
package io.millrace.destination.clickhouse;

import org.jspecify.annotations.NullMarked;
