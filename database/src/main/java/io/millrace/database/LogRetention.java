package io.millrace.database;

import java.util.Optional;

/**
 * How much of its log a database keeps for one consumer.
 *
 * @param retainedBytes log that the consumer has not confirmed
 * @param retainableBytes log that may still be written before the database gives up what it keeps for the consumer; empty where
 *     it never does, and fills its disk instead
 * @param position end of the log in bytes, to tell from two looks how fast it grows
 */
public record LogRetention(long retainedBytes, Optional<Long> retainableBytes, long position) {}
