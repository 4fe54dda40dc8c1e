package io.millrace.database;

/** Where the columns that order a table's chunks come from. */
public enum KeyOrigin {
    PRIMARY_KEY("primary_key"),
    UNIQUE_INDEX("unique_index"),
    SURROGATE_KEY("surrogate_key"),
    NONE("none");

    private final String wire;

    KeyOrigin(String wire) {
        this.wire = wire;
    }

    /** Returns the name in API answers. */
    public String wire() {
        return wire;
    }
}
