package io.millrace.database.postgresql;

/** What of the old row PostgreSQL writes into its log for an update or a delete. */
public enum ReplicaIdentity {
    /** The primary key; nothing where there is none, and updates of a published table then fail. */
    DEFAULT("d"),
    /** Nothing; updates of a published table fail. */
    NOTHING("n"),
    /** The whole row. */
    FULL("f"),
    /** The columns of one unique index. */
    INDEX("i");

    private final String code;

    ReplicaIdentity(String code) {
        this.code = code;
    }

    static ReplicaIdentity of(String code) {
        for (ReplicaIdentity identity : values()) {
            if (identity.code.equals(code)) {
                return identity;
            }
        }
        throw new IllegalArgumentException("PostgreSQL has no replica identity '" + code + "'");
    }
}
