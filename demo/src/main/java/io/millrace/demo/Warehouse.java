package io.millrace.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * A DuckDB file that the platform fills, as any program reads it. The driver comes from the folder of the sink, which must
 * have let go of the file.
 */
public final class Warehouse implements AutoCloseable {
    private final URLClassLoader loader;
    private final Driver driver;
    private final Path file;

    private Warehouse(URLClassLoader loader, Driver driver, Path file) {
        this.loader = loader;
        this.driver = driver;
        this.file = file;
    }

    /**
     * Returns the file of a platform.
     *
     * @param home folder of the installation
     */
    public static Warehouse at(Path home, Path file) {
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(home.resolve("plugins/sql"), "duckdb_jdbc-*.jar")) {
            URLClassLoader loader = new URLClassLoader(
                    new URL[] {jars.iterator().next().toUri().toURL()}, Warehouse.class.getClassLoader());
            Driver driver = (Driver) loader.loadClass("org.duckdb.DuckDBDriver")
                    .getDeclaredConstructor()
                    .newInstance();
            return new Warehouse(loader, driver, file);
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of the SQL sink cannot be read", e);
        } catch (ReflectiveOperationException e) {
            throw new DemoFailure("the driver of DuckDB is not in the folder of the SQL sink: " + e, e);
        }
    }

    /** Returns the rows of a query, each as one line. */
    public List<String> lines(String sql) {
        try (Connection connection = driver.connect("jdbc:duckdb:" + file, new Properties());
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            List<String> lines = new ArrayList<>();
            while (found.next()) {
                StringBuilder line = new StringBuilder();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    line.append("%-16s".formatted(found.getString(i)));
                }
                lines.add(line.toString().stripTrailing());
            }
            return lines;
        } catch (SQLException e) {
            throw new DemoFailure("the query on " + file + " failed: " + e.getMessage(), e);
        }
    }

    /** Runs a statement that has no rows. */
    public void execute(String sql) {
        try (Connection connection = driver.connect("jdbc:duckdb:" + file, new Properties());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new DemoFailure("the statement on " + file + " failed: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            loader.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the driver of DuckDB cannot be given back", e);
        }
    }
}
