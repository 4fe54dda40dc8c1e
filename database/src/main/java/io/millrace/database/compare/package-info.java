/**
 * Compares a table with its copy in another database, whatever the products.
 *
 * <p>Both databases are asked for texts. What two texts mean is decided here, by the {@link
 * io.millrace.database.compare.ValueKind kind} of the column at the source, so that {@code 1.50} of one product and {@code
 * 1.5} of another are the same number. A row becomes one number for each column, a range of keys becomes the sum of its
 * rows, and only where sums differ are rows looked at one by one:
 *
 * <pre>
 * source       [1, 50001)  50000 rows  sum 8f3c...      destination  50000 rows  sum 8f3c...    equal
 *              [50001, )   12345 rows  sum 77aa...                   12344 rows  sum 0b1d...    looked at: key 61002
 * </pre>
 *
 * <p>Rows may be under way. So a key that differs is only suspected: after some time it is read again on both sides, and
 * it is {@linkplain io.millrace.database.compare.Suspect reported} only if the source has stood still meanwhile and the
 * destination still is not equal.
 */
@NullMarked
package io.millrace.database.compare;

import org.jspecify.annotations.NullMarked;
