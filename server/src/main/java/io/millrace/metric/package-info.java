/**
 * What flows, how fast and how far behind: collected from brokers, workers and sinks every ten seconds, kept in rings of fixed
 * size in the store, and answered from there.
 *
 * <p>{@link io.millrace.metric.Collector} reads everything in a few looks, makes increments of counters, attributes them to
 * sources, topics, destinations, pipelines and services, and adds them to {@link io.millrace.metric.Tally tallies} of the
 * running minute, hour and day. No request asks a connector.
 */
@NullMarked
package io.millrace.metric;

import org.jspecify.annotations.NullMarked;
