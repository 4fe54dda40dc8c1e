package io.millrace.source;

import java.util.Optional;

/**
 * What is known of the things in the database of one source. Only what is {@link Origin#MADE}, or was about to be, is ever
 * altered or dropped. Each note is kept for good when the call returns.
 */
public interface Ledger {
    /** Where a thing is from. */
    enum Origin {
        /** About to be made; a process may have ended before or after it was. */
        INTENDED,
        /** Made by the platform. */
        MADE,
        /** Was there before. */
        FOUND,
        /** Made by the platform, and to be made anew because the source starts from the present. */
        RENEWED;

        /** Returns whether the platform may alter and drop it. */
        public boolean ours() {
            return this != FOUND;
        }
    }

    /** Returns where a thing is from; empty when it was never seen. */
    Optional<Origin> origin(Made thing);

    /** Notes where a thing is from. */
    void note(Made thing, Origin origin);

    /** Takes back a note about a thing that could not be made. */
    void forget(Made thing);
}
