package io.millrace.engine;

/** What is measured of a task of a connector. */
public enum Measure {
    /** Records that a source has written to a topic, and that the broker has acknowledged. */
    RECORDS_SENT(true),
    /** Bytes of them as they went to the broker, compressed. */
    BYTES_SENT(true),
    /** Attempts to write that were repeated. */
    RETRIES(true),
    /** Records of a source that are committed. */
    RECORDS_WRITTEN(true),
    /** Inserts that the stream of a source has seen. */
    CREATES(true),
    /** Updates that the stream of a source has seen. */
    UPDATES(true),
    /** Deletes that the stream of a source has seen. */
    DELETES(true),
    /** Milliseconds between the commit of the last change in the source and its reading. */
    BEHIND_MS(false),
    /** Milliseconds since the last change was read. */
    IDLE_MS(false),
    /** 1 while the stream is connected with the source, else 0. */
    CONNECTED(false),
    /** Records that a sink has read from a topic. */
    RECORDS_READ(true),
    /** Bytes of them, uncompressed. */
    BYTES_READ(true),
    /** Records that a sink has read and that are not committed yet, in all of its topics. */
    RECORDS_HELD(false),
    /** Records of a topic that are committed there and that a sink has not read. */
    RECORDS_LEFT(false),
    /** Records of a sink that went to its dead letter topic. */
    DEAD_LETTERS(true);

    private final boolean counter;

    Measure(boolean counter) {
        this.counter = counter;
    }

    /** Returns whether this only grows while a task lives, and begins with 0 in its next life. */
    public boolean isCounter() {
        return counter;
    }
}
