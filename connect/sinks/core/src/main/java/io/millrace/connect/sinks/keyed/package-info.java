/**
 * Rows with keys, for destinations that show the last state of each: {@link io.millrace.connect.sinks.keyed.RowKeys} finds
 * the key of a change, and {@link io.millrace.connect.sinks.keyed.Reduction} keeps what some changes together make of it.
 */
@NullMarked
package io.millrace.connect.sinks.keyed;

import org.jspecify.annotations.NullMarked;
