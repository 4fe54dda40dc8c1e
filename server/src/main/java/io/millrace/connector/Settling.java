package io.millrace.connector;

/** Lets the data plane follow what was written. */
public interface Settling {
    /** Says that something was written, so that it is followed at once. */
    void changed();

    /** Waits, at most half a minute, until a connector runs as it should, is gone, or is definitely broken. */
    void await(ConnectorId id);
}
