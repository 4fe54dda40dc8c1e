package io.millrace.bench.pipeline;

import io.millrace.bench.snapshot.BenchTable;

/** A query for number and digest of a table's rows, which gives the same in PostgreSQL and DuckDB. */
enum RowText {
    POSTGRESQL("(extract(epoch FROM %s) * 1000000)::bigint"),
    DUCKDB("epoch_us(%s)");

    private final String micros;

    RowText(String micros) {
        this.micros = micros;
    }

    /** Returns the query. Fractions are compared to a thousandth, since products write them differently. */
    String query(String schema, BenchTable table) {
        String row = String.join(
                ", '|', ",
                "id",
                "shop",
                "quantity",
                "price",
                "coalesce((rate * 1000)::bigint::text, '-')",
                "paid::int",
                micros.formatted("ordered"),
                "coalesce(" + micros.formatted("shipped") + "::text, '-')",
                "due",
                "reference",
                "customer",
                "coalesce(note, '-')");
        return "SELECT count(*), md5(string_agg(digest, '' ORDER BY id)) FROM (SELECT id, md5(concat(" + row
                + ")) AS digest FROM " + schema + "." + table.name() + ") digests";
    }
}
