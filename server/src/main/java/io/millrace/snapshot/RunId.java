package io.millrace.snapshot;

/** Id of a run, 24 hex digits. */
public record RunId(String value) {
    public RunId {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("a run needs an id");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
