/**
 * Destinations that are Iceberg tables. Before a sink is started, the server asks the catalogue and the bucket itself, with
 * the same address, token and keys that the sink will use.
 */
@NullMarked
package io.millrace.destination.iceberg;

import org.jspecify.annotations.NullMarked;
