package io.millrace.database;

/** How a number of rows was found. */
public enum EstimateKind {
    /** Counted. */
    EXACT("exact"),
    /** From statistics. */
    ESTIMATED("estimated");

    private final String wire;

    EstimateKind(String wire) {
        this.wire = wire;
    }

    /** Returns the name in API answers. */
    public String wire() {
        return wire;
    }
}
