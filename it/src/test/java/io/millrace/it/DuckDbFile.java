package io.millrace.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
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
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * DuckDB with the driver of the platform's own plugin, which is not on the class path.
 *
 * @param file the database; empty for one in memory
 */
record DuckDbFile(String file) {
    /** Returns the rows of a query, every value as text. */
    List<List<String>> query(String sql) {
        try (URLClassLoader plugin = new URLClassLoader(new URL[] {driver()});
                Connection connection = open(plugin);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<List<String>> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(result.getString(i)));
                }
                rows.add(row);
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage() + " in " + sql, e);
        }
    }

    private Connection open(ClassLoader plugin) throws SQLException {
        return ServiceLoader.load(Driver.class, plugin).stream()
                .filter(driver -> driver.type().getName().startsWith("org.duckdb."))
                .findFirst()
                .orElseThrow()
                .get()
                .connect("jdbc:duckdb:" + file, new Properties());
    }

    private static URL driver() throws IOException {
        try (Stream<Path> jars = Files.list(Campaign.home().resolve("plugins/sql"))) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith("duckdb_jdbc-"))
                    .findFirst()
                    .orElseThrow()
                    .toUri()
                    .toURL();
        }
    }
}
