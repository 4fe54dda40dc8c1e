/**
 * What all sinks of ours share: changes as a destination takes them, batches, retries, dead letters, and positions that
 * are committed after what they stand for is durable.
 *
 * <p>Connect hands a task the records of one poll, flattened and renamed by the transforms of the destination. A
 * {@link io.millrace.connect.sinks.DestinationTask} makes {@linkplain io.millrace.connect.sinks.Change changes} of them and
 * gives them to a {@link io.millrace.connect.sinks.Destination}, which is all that a new sink adds:
 *
 * <pre>{@code
 * public final class RedisSinkTask extends DestinationTask {
 *     protected Destination open(Map<String, String> settings) { return new RedisDestination(settings); }
 * }
 * }</pre>
 *
 * <p>How long changes took from their commit in the source until they were durable is counted by topic, in classes of delay,
 * and shown by {@link io.millrace.connect.sinks.TopicDelaysMBean}.
 *
 * <p>What goes wrong is of two kinds. A {@link io.millrace.connect.sinks.RefusedException} says that a change can never be
 * taken: the batch is halved until that change is alone, it goes to the dead letter topic with the reason, and the rest
 * flows on. Everything else is trouble that passes: the batch is offered again, later and later, and after
 * {@link io.millrace.connect.sinks.Patience} the task fails with the reason, its backlog safe in Kafka, and is started
 * again from outside.
 *
 * <p>A row is read by its schema once: {@link io.millrace.connect.sinks.row.RowShape} turns the values of Connect and
 * Debezium into plain ones of Java and names their {@link io.millrace.connect.sinks.row.ColumnType}.
 */
@NullMarked
package io.millrace.connect.sinks;

import org.jspecify.annotations.NullMarked;
