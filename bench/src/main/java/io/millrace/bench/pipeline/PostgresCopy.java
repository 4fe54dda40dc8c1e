package io.millrace.bench.pipeline;

import io.millrace.bench.snapshot.BenchTable;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyOut;

/** A database of PostgreSQL. */
record PostgresCopy(PostgresDatabase database) implements Copy {
    /** Makes a database on a server. */
    static PostgresCopy on(PostgresServer server) {
        PostgresDatabase database = server.createDatabase();
        database.execute("CREATE SCHEMA " + SCHEMA);
        return new PostgresCopy(database);
    }

    @Override
    public Content content(BenchTable table) {
        return content(database, SCHEMA, table);
    }

    /** Returns what is in a table of a schema. */
    static Content content(PostgresDatabase database, String schema, BenchTable table) {
        List<String> found =
                database.query(RowText.POSTGRESQL.query(schema, table)).get(0);
        return new Content(Long.parseLong(found.get(0)), found.get(1));
    }

    @Override
    public double copied(BenchTable table) {
        BenchTable target = BenchTable.empty(database, "by_copy_" + table.name(), table.rows());
        long began = System.nanoTime();
        try (Connection from = table.database().connect();
                Connection to = database.connect()) {
            CopyOut out = from.unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("COPY " + table.name() + " TO STDOUT (FORMAT binary)");
            CopyIn in = to.unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY " + target.name() + " FROM STDIN (FORMAT binary)");
            for (byte[] part = out.readFromCopy(); part != null; part = out.readFromCopy()) {
                in.writeToCopy(part, 0, part.length);
            }
            return in.endCopy() / ((System.nanoTime() - began) / 1e9);
        } catch (SQLException e) {
            throw new IllegalStateException("table " + table.name() + " cannot be copied", e);
        }
    }

    @Override
    public void close() {
        PostgresDatabase postgres = new PostgresDatabase(database.server(), "postgres");
        postgres.execute("DROP DATABASE " + database.name() + " WITH (FORCE)");
    }
}
