package io.millrace.connect.snapshot;

/** What a reader does next. */
sealed interface ReaderTask {
    /** Ask the database where a chunk of so many rows ends, then read it. */
    record Bound(Chunk chunk, int rows) implements ReaderTask {}

    /** Read a chunk. */
    record Read(Chunk chunk) implements ReaderTask {}

    /** Wait for a signal: chunks enough are on their way. */
    record Wait() implements ReaderTask {}

    /** Nothing is left to do. */
    record Leave() implements ReaderTask {}
}
