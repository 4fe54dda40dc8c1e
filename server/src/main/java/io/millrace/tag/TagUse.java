package io.millrace.tag;

import org.jdbi.v3.core.Handle;

/**
 * Where tags are put on records.
 *
 * @param what records of a kind, as clients name them
 */
public record TagUse(String what, Count count) {
    /** Counts records of a kind. */
    @FunctionalInterface
    public interface Count {
        /** Returns how many records have the tag. */
        long of(Handle handle, String tag);
    }
}
