package io.millrace.connect.sinks.httpsink;

import java.util.Optional;

/** What requests carry to be let in. */
interface Credentials {
    /** Returns the value of the header; asks for it where it has to be asked for. */
    Optional<String> header() throws TroubleException;

    /** Forgets what was refused; returns whether another one can be had. */
    boolean renew();

    /** Never changes. */
    record Given(Optional<String> header) implements Credentials {
        @Override
        public boolean renew() {
            return false;
        }

        @Override
        public String toString() {
            return "Given[********]";
        }
    }
}
