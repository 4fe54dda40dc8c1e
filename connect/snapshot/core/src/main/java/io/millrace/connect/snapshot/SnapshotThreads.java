package io.millrace.connect.snapshot;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/** The one place where the engine makes threads; all are daemons with a name. */
final class SnapshotThreads {
    private SnapshotThreads() {}

    /** Returns an executor with one thread. */
    static ExecutorService single(String name) {
        return Executors.newSingleThreadExecutor(named(name));
    }

    /** Returns an executor with as many threads as there is work, none while there is none for a minute. */
    static ExecutorService asNeeded(String name) {
        return Executors.newCachedThreadPool(named(name));
    }

    private static ThreadFactory named(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
