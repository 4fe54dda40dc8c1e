package io.millrace.demo;

/** The place where threads of the demo are made. */
final class DemoThreads {
    private DemoThreads() {}

    /** Returns a thread for {@link Runtime#addShutdownHook}. */
    static Thread atEnd(Runnable work) {
        return new Thread(work, "demo-end");
    }
}
