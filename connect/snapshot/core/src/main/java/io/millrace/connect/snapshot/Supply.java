package io.millrace.connect.snapshot;

/** How much of a snapshot waits to be handed over. */
enum Supply {
    /** No row may go out now. */
    NOTHING,

    /** Some rows may go out, and more will follow at once. */
    SOME,

    /** Enough rows for one hand-over may go out, or nothing can be added to them before they have left. */
    PLENTY
}
