package io.millrace.connect.sinks;

import java.util.Optional;

/** A destination can never take a change, however often it is offered. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Optional<Change> change;

    /** @param reason what is wrong, in words; it is written beside the record */
    public RefusedException(Change change, String reason) {
        super(reason);
        this.change = Optional.of(change);
    }

    /**
     * For a destination that cannot tell which change of a batch it was.
     *
     * @param reason what is wrong, in words
     */
    public RefusedException(String reason, Throwable cause) {
        super(reason, cause);
        change = Optional.empty();
    }

    /** Returns which change was refused, if the destination can tell. */
    public Optional<Change> change() {
        return change;
    }
}
