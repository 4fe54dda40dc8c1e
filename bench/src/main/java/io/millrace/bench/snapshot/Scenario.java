package io.millrace.bench.snapshot;

import java.util.Locale;

/** What is measured beside rates. */
enum Scenario {
    LATENCY,
    BACKLOG,
    STOP,
    PAUSE,
    HEAP,
    KILL;

    /** Returns how the command line names it. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
