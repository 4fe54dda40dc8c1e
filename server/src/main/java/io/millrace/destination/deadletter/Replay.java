package io.millrace.destination.deadletter;

import io.millrace.connector.ConnectorId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The newest replay of a destination.
 *
 * @param end offset in the topic of replayed records that the destination has to reach; known when it is replaying
 */
record Replay(
        ConnectorId destination,
        State state,
        Scope scope,
        Counts counts,
        long end,
        String requestedBy,
        Instant startedAt,
        Optional<Instant> finishedAt) {
    /** How far it is. */
    enum State {
        /** The destination is to take nothing. */
        HOLDING,
        /** The destination takes what is replayed, and nothing else. */
        REPLAYING,
        /** The destination takes what its pipelines bring again. */
        COMPLETED
    }

    /**
     * What is to be replayed.
     *
     * @param from the first offset in the dead letter topic
     * @param to the offset behind the last
     * @param topics names, or ids, of the topics whose records are meant; empty for all
     * @param includeSuperseded whether records are meant that later ones of their key have superseded
     */
    record Scope(long from, long to, Optional<List<String>> topics, boolean includeSuperseded) {
        /** Returns whether a topic is meant, by its name in Kafka. */
        boolean covers(String topic) {
            return topics.isEmpty()
                    || topics.get().contains(topic)
                    || topics.get().contains(topic.substring(topic.indexOf('.') + 1));
        }
    }

    /**
     * What became of the dead letters.
     *
     * @param leftOut those of topics that are not meant, or that no pipeline brings now
     */
    record Counts(long replayed, long superseded, long leftOut) {
        static final Counts NONE = new Counts(0, 0, 0);
    }

    /** Returns a replay that begins. */
    static Replay begin(ConnectorId destination, Scope scope, String requestedBy, Instant now) {
        return new Replay(destination, State.HOLDING, scope, Counts.NONE, 0, requestedBy, now, Optional.empty());
    }

    boolean isRunning() {
        return state != State.COMPLETED;
    }

    /** Returns the replay when all is written that the destination has to take. */
    Replay written(Counts found, long endOffset) {
        return new Replay(
                destination, State.REPLAYING, scope, found, endOffset, requestedBy, startedAt, Optional.empty());
    }

    /** Returns the replay when the destination has taken everything. */
    Replay completed(Instant now) {
        return new Replay(destination, State.COMPLETED, scope, counts, end, requestedBy, startedAt, Optional.of(now));
    }
}
