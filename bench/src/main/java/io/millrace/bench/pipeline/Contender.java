package io.millrace.bench.pipeline;

/** What can bring the rows of a table into another database. */
enum Contender {
    OURS_POSTGRESQL("postgresql", "ours to PostgreSQL"),
    OURS_DUCKDB("duckdb", "ours to DuckDB"),
    STOCK_TUNED("tuned", "stock tuned to PostgreSQL"),
    STOCK_DEFAULT("default", "stock default to PostgreSQL");

    private final String key;
    private final String label;

    Contender(String key, String label) {
        this.key = key;
        this.label = label;
    }

    /** Returns how the command line names it. */
    String key() {
        return key;
    }

    /** Returns how tables name it. */
    String label() {
        return label;
    }

    boolean isStock() {
        return this == STOCK_TUNED || this == STOCK_DEFAULT;
    }
}
