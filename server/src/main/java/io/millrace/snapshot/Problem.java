package io.millrace.snapshot;

import java.util.Optional;

/**
 * A reason why a snapshot would be refused.
 *
 * @param message a sentence; for a refused filter the database's own
 * @param field member of the body at fault
 */
public record Problem(Code code, String message, Optional<String> field) {
    /** What kind of reason. */
    public enum Code {
        UNKNOWN_TOPIC,
        NO_KEY,
        SURROGATE_KEY_MISSING,
        SURROGATE_KEY_UNUSABLE,
        FILTER_INVALID,
        FILTER_UNSUPPORTED,
        PERMISSION_DENIED,
        MARKER_UNAVAILABLE,
        SOURCE_UNREACHABLE
    }
}
