package io.millrace.database;

/** Whether the way to the database is encrypted. */
public enum TlsMode {
    /** Encrypted, or no connection; the certificate is not checked. */
    REQUIRE("require"),
    /** Encrypted where the server offers it; the certificate is not checked. */
    PREFER("prefer"),
    /** Never encrypted. */
    DISABLE("disable");

    private final String wire;

    TlsMode(String wire) {
        this.wire = wire;
    }

    /** Returns the name in configurations. */
    public String wire() {
        return wire;
    }
}
