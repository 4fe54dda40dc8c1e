/**
 * Topics as clients see them: which there are, what they are like, and what is in them.
 *
 * <p>Which topics there are is known from the table lists of sources, so lists are cut by the store and Kafka is asked about a
 * single topic only. Records are read committed, without a consumer group, so that a look leaves nothing behind.
 */
@NullMarked
package io.millrace.topic;

import org.jspecify.annotations.NullMarked;
