/**
 * Rows as the bytes that the converter would make of their envelopes, without the envelopes.
 *
 * <p>All rows of a chunk differ in one struct of their envelope only, {@code after}. So the bytes before and behind it
 * are made once, from an envelope that lacks it, and a row is written between them column by column, from the text that
 * the database sent, with no Java object for a value. An envelope {@code {"op":"r","after":{"id":7,"note":null}}} comes
 * of {@code writeLong(7)}, {@code writeNull()} and {@code finish()}.
 *
 * <p>What a column looks like is not decided here: the Avro form asks the plan that the converter's own encoder was
 * compiled to, the JSON form copies the converter's own names and gives it every value that is not plain.
 */
@NullMarked
package io.millrace.connect.converters.row;

import org.jspecify.annotations.NullMarked;
