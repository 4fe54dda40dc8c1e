package io.millrace.source;

/** Something with a name in the database of a source. */
public record Made(Kind kind, String name) {
    /** What it is. */
    public enum Kind {
        SLOT,
        PUBLICATION
    }

    @Override
    public String toString() {
        return (kind == Kind.SLOT ? "replication slot '" : "publication '") + name + "'";
    }
}
