package io.millrace.app;

/** Ends the platform in order when the process is told to end (SIGTERM, Ctrl-C). */
final class EndOnSignal {
    private EndOnSignal() {}

    /** From now on the platform is closed before the process ends. */
    static void close(Platform platform) {
        Runtime.getRuntime().addShutdownHook(new Thread(platform::close, "end"));
    }
}
