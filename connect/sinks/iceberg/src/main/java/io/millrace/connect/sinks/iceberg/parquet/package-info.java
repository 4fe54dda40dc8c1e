/**
 * Parquet files of Iceberg tables, written and read without Hadoop: the library's own shapes of columns, values and
 * statistics, around pages that are compressed here. Its writer and reader of whole files would need Hadoop's configuration
 * and codecs.
 */
@NullMarked
package io.millrace.connect.sinks.iceberg.parquet;

import org.jspecify.annotations.NullMarked;
