package io.millrace.bench.pipeline;

import io.millrace.bench.snapshot.BenchTable;
import io.millrace.demo.DemoFailure;
import io.millrace.demo.Warehouse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/** A file of DuckDB. Rows can be looked at when the platform has let go of it. */
record DuckDbCopy(String name, Path file) implements Copy {
    private static final Path HOME = Path.of(System.getProperty("millrace.home", "."));

    private static final String COLUMNS =
            """
            (id BIGINT, shop SMALLINT, quantity INTEGER, price DECIMAL(12,2), rate DOUBLE, paid BOOLEAN, ordered TIMESTAMPTZ,
             shipped TIMESTAMP, due DATE, reference UUID, customer VARCHAR, note VARCHAR)""";

    /** Names a file among those of a platform. */
    static DuckDbCopy in(Path data, String name) {
        return new DuckDbCopy(name, data.resolve("duckdb").resolve(name + ".duckdb"));
    }

    @Override
    public Content content(BenchTable table) {
        try (Warehouse warehouse = Warehouse.at(HOME, file)) {
            String[] found =
                    warehouse.lines(RowText.DUCKDB.query(SCHEMA, table)).get(0).split("\\s+");
            return new Content(Long.parseLong(found[0]), found[1]);
        }
    }

    /** By a file of CSV between the two. */
    @Override
    public double copied(BenchTable table) {
        Path own = file.resolveSibling("by_copy.duckdb");
        Path rows = file.resolveSibling("by_copy.csv");
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new DemoFailure("no folder for files of DuckDB: " + e, e);
        }
        try (Warehouse warehouse = Warehouse.at(HOME, own)) {
            warehouse.execute("CREATE OR REPLACE TABLE by_copy " + COLUMNS);
            long began = System.nanoTime();
            try (Connection from = table.database().connect();
                    OutputStream csv = Files.newOutputStream(rows)) {
                from.unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyOut("COPY " + table.name() + " TO STDOUT (FORMAT csv)", csv);
            }
            warehouse.execute("COPY by_copy FROM '" + rows + "' (FORMAT csv, HEADER false)");
            return table.rows() / ((System.nanoTime() - began) / 1e9);
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("table " + table.name() + " cannot be copied", e);
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new DemoFailure("file " + file + " cannot be deleted: " + e, e);
        }
    }
}
