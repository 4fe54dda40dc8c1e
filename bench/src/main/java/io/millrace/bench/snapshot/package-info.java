/**
 * {@code ./millrace bench snapshot}: how fast rows and changes come from PostgreSQL into a topic, how long a command
 * takes to work, and what it costs; beside what stock Debezium and a plain Kafka producer do on the same worker and broker.
 *
 * <p>Speed is measured without a reader that would cost speed itself: {@link io.millrace.bench.snapshot.Arrivals} notes
 * every few milliseconds up to which offset the topic can be read committed. Once everything has arrived, {@link
 * io.millrace.bench.snapshot.TopicJudge} decodes every record, compares it with the table and tells at which offset the
 * last row came; when that offset became readable is the end of the measurement. A row that is missing or differs fails it.
 *
 * <p>Rates and latencies are measured over a worker in this process, with the connectors put there as the platform would
 * put them; commands and kills over the REST API of a platform in a process of its own.
 */
@NullMarked
package io.millrace.bench.snapshot;

import org.jspecify.annotations.NullMarked;
