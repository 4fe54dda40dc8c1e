/**
 * The port to the data plane: a Kafka cluster and a Kafka Connect cluster, wherever they run.
 *
 * <p>{@link io.millrace.engine.Engine} is what the server sees. {@code embedded} runs broker and Connect in this JVM; a
 * remote cluster is a second adapter behind the same interfaces. No type of Connect's runtime and none of the broker
 * crosses this port; the public Kafka clients do.
 *
 * <p>Calls are idempotent and say what is wanted, not how to get there: {@link
 * io.millrace.engine.ConnectCluster#put put} twice with the same configuration is one connector, {@link
 * io.millrace.engine.ConnectCluster#delete delete} of a connector that is gone is done.
 */
@NullMarked
package io.millrace.engine;

import org.jspecify.annotations.NullMarked;
