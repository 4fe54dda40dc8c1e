package io.millrace.http;

import java.util.concurrent.atomic.AtomicBoolean;

/** Whether the platform serves everything, or only what is marked {@link WhileStarting}. */
public final class Readiness {
    private final AtomicBoolean ready = new AtomicBoolean();

    /** Returns a readiness that is there from the start. */
    public static Readiness immediate() {
        Readiness readiness = new Readiness();
        readiness.begin();
        return readiness;
    }

    /** Everything is up. */
    public void begin() {
        ready.set(true);
    }

    /** The end has begun. */
    public void end() {
        ready.set(false);
    }

    /** Returns whether everything is served. */
    public boolean ready() {
        return ready.get();
    }

    /** Returns what a client is told whose request cannot be served, or finished, now. */
    static ApiProblem notReady() {
        return new ApiProblem.Unavailable("Millrace is starting or stopping; ask again when /health/ready says UP");
    }
}
