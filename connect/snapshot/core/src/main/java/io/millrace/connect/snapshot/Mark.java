package io.millrace.connect.snapshot;

/** Tells that the stream has passed a read. */
public sealed interface Mark {
    /** A text that was written into the database's log behind the read; it comes as {@link StreamEvent.Marker}. */
    record Text(String text) implements Mark {}

    /**
     * A place in the log behind everything that the read saw, where nothing can be written; the stream has passed it
     * with the first record whose {@link StreamEvent#position} is not before it.
     */
    record Place(long position) implements Mark {}
}
