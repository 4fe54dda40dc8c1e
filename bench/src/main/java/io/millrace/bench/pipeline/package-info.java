/**
 * {@code ./millrace bench pipeline}: how fast rows and changes come from PostgreSQL into tables of a destination, and how
 * late a single change does; beside COPY of the same rows and beside Debezium's own connector with its own JDBC sink.
 *
 * <p>All run on one worker in this process. {@link io.millrace.bench.pipeline.Delivered} tells when the sink has taken the
 * last record, which is when it is committed; then the {@link io.millrace.bench.pipeline.Copy} is compared with its source.
 * A copy that is not equal fails its contender.
 */
@NullMarked
package io.millrace.bench.pipeline;

import org.jspecify.annotations.NullMarked;
