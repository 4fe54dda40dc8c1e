package io.millrace.connect.sinks;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * A system that changes are written to. Used by one thread.
 *
 * <p>The same changes may be offered again after a failure, a restart or a rebalance, in the same order; a destination
 * that knows keys ends in the same state.
 */
public interface Destination extends AutoCloseable {
    /**
     * Takes changes in their order. When it returns, they are durable or will be before {@link #commit} names them.
     *
     * @param changes of one poll; never empty
     * @throws RefusedException when one of them can never be taken; then none was taken, or taking them again does no harm
     * @throws Exception for trouble that may pass: all of them are offered again
     */
    void write(List<Change> changes) throws Exception;

    /** Returns whether changes may be durable only when {@link #commit} names them, and not when they are written. */
    default boolean holdsBack() {
        return false;
    }

    /**
     * Makes durable what has to wait no longer.
     *
     * <p>Like {@link #idle}, it may refuse a change that an earlier call held back, if it names it: that change is set
     * aside, and the call repeated.
     *
     * @param handedOver positions behind the last record that was handed over, by partition
     * @return positions up to which everything is durable; by default all that was handed over, because writing made it so
     */
    default Map<TopicPartition, OffsetAndMetadata> commit(Map<TopicPartition, OffsetAndMetadata> handedOver)
            throws Exception {
        return handedOver;
    }

    /** Called between polls, also when nothing arrives, a few times a second: for what is due by time. */
    default void idle() throws Exception {}

    /** Forgets what is held of partitions that another task takes over; it will be read again from the last commit. */
    default void release(Collection<TopicPartition> partitions) {}

    /** Gives back what is held; what is not durable is written again later. */
    @Override
    void close();
}
