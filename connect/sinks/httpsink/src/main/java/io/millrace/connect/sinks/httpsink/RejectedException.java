package io.millrace.connect.sinks.httpsink;

/** The endpoint does not take a body, and never will. */
final class RejectedException extends Exception {
    private static final long serialVersionUID = 1L;

    RejectedException(String reason) {
        super(reason);
    }
}
