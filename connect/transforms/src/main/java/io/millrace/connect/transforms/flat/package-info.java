/**
 * Transformations of rows on their way into destinations.
 *
 * <p>{@link io.millrace.connect.transforms.Flatten} makes the row of a change the value of its record; everything here
 * comes after it and works on such a row: {@code {id: 7, total: "12.50", __deleted: "false"}} is {@code {id: 7, total:
 * 12.50, __deleted: "false"}} after {@code total} became a decimal. What has no row, tombstones and truncations above
 * all, passes as it is. Columns are named {@code table.column}, so all of it runs before {@link
 * io.millrace.connect.transforms.flat.ChangeTopicName} makes the topic's name that of the target table.
 *
 * <p>A transformation is what its options say, and a {@link io.millrace.connect.transforms.flat.RowChange} that follows
 * from them for one table and one schema. It is worked out once; a row passes through without a look at names:
 *
 * <pre>{@code
 * rows = new RowChanges((table, row) -> Projection.of(row, columns that stay));
 * }</pre>
 *
 * <p>Where a value does not fit the type that its column is to get, the column keeps its type in that row. So a schema
 * depends on values, and each of these schemas is one object, too.
 */
@NullMarked
package io.millrace.connect.transforms.flat;

import org.jspecify.annotations.NullMarked;
