/**
 * Rows as destinations see them: named columns of a type that says what the values mean, and values as plain objects of
 * Java.
 *
 * <p>Connect and Debezium write a moment as a number of microseconds and the name of a class. {@link
 * io.millrace.connect.sinks.row.RowShape} looks at the schema once and keeps, for each column, how its values are read.
 */
@NullMarked
package io.millrace.connect.sinks.row;

import org.jspecify.annotations.NullMarked;
