package io.millrace.connector;

import java.util.concurrent.Executor;

/** Clears up what connectors leave behind outside of the platform, again and again until it is gone. */
public interface Leftovers {
    /** Reads anew what is left. */
    void read();

    /** Tries what is due, each on one of the threads; {@code done} is run after each. */
    void pass(Executor threads, Runnable done);

    /** Returns whether all that a connector left is gone or cannot be cleared up now. */
    boolean areTried(ConnectorId connector);

    /** Nothing is ever left. */
    Leftovers NONE = new Leftovers() {
        @Override
        public void read() {}

        @Override
        public void pass(Executor threads, Runnable done) {}

        @Override
        public boolean areTried(ConnectorId connector) {
            return true;
        }
    };
}
