package io.millrace.snapshot;

/** How a snapshot reads. */
public enum SnapshotType {
    /** In chunks, while streaming goes on. */
    INCREMENTAL,
    /** In one go, while streaming is held. Known to the contract, not available in this version. */
    BLOCKING
}
