package io.millrace.connect.sinks.iceberg;

/** A value cannot be held by the type of its column; the message says why. */
final class UnfitException extends Exception {
    private static final long serialVersionUID = 1L;

    UnfitException(String reason) {
        super(reason);
    }
}
