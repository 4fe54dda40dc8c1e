package io.millrace.connect.sinks.files.format;

/** A format cannot hold a value, ever. */
public final class UnfitException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param reason in words */
    public UnfitException(String reason) {
        super(reason);
    }

    /** @param reason in words */
    public UnfitException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
