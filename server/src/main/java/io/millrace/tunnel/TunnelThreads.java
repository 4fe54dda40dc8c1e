package io.millrace.tunnel;

/** The one place where threads of tunnels are made; all are daemons with a name. */
final class TunnelThreads {
    private TunnelThreads() {}

    /** Begins work that lasts as long as a tunnel or a connection through it does. */
    static void begin(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
