/**
 * Where the files of tables are: a folder of the local disk, or a bucket of S3. The library's own access to S3 would bring
 * the whole SDK of Amazon; here are the few signed requests that tables need.
 */
@NullMarked
package io.millrace.connect.sinks.iceberg.store;

import org.jspecify.annotations.NullMarked;
