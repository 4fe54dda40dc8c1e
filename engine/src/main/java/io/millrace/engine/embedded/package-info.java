/**
 * The data plane inside this JVM: one Kafka broker that is its own controller, and one Kafka Connect worker without its
 * REST server.
 *
 * <p>{@link io.millrace.engine.embedded.EmbeddedEngine#start EmbeddedEngine.start} goes through a fixed sequence: take
 * the data folder, start the broker, repair what a killed process left behind, start Connect, wait until the worker
 * leads its group and has read the configurations to their end. Closing goes the other way round. Everything that
 * should outlive the process is in topics of the broker, so a start after a kill is an ordinary start with a repair
 * that finds something to do.
 *
 * <p>Kafka is written as a program of its own and ends the process when it cannot go on. Here such an end becomes {@link
 * io.millrace.engine.Engine#failure() Engine.failure()}, so that the server decides what to do about it.
 */
@NullMarked
package io.millrace.engine.embedded;

import org.jspecify.annotations.NullMarked;
