package io.millrace.connect.sinks.row;

/** A day or a moment after or before all others. */
public enum Infinite {
    /** Later than every other. */
    FUTURE("infinity"),
    /** Earlier than every other. */
    PAST("-infinity");

    private final String word;

    Infinite(String word) {
        this.word = word;
    }

    /** Returns the word that PostgreSQL and DuckDB write for it. */
    @Override
    public String toString() {
        return word;
    }
}
