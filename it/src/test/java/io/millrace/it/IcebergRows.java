package io.millrace.it;

import io.millrace.testkit.IcebergRestCatalog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;

/**
 * Tables of a catalogue by the files that the library's scan names, which DuckDB reads: rows of all files, without those that
 * the files of equality deletes take away. Nothing of Hadoop is needed for that.
 */
public record IcebergRows(IcebergRestCatalog catalog) {
    /** Returns the rows of a query on a table as it is now, every value as text; the query knows it by its name alone. */
    public List<List<String>> query(String namespace, String name, String sql) {
        Table table = catalog.table(namespace, name);
        try (CloseableIterable<FileScanTask> files = table.newScan().planFiles();
                Connection duck = new DuckDbFile("").connect();
                Statement statement = duck.createStatement()) {
            statement.execute("CREATE TABLE " + name + " (" + declared(table.schema()) + ")");
            for (FileScanTask file : files) {
                statement.execute("INSERT INTO " + name + " BY NAME SELECT t.* FROM " + rows(table, file));
            }
            List<List<String>> found = new ArrayList<>();
            DuckDbFile.each(statement, sql, found::add);
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage() + " in " + sql, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String rows(Table table, FileScanTask file) {
        String rows = "read_parquet(" + disk(file.file()) + ") AS t";
        if (file.deletes().isEmpty()) {
            return rows;
        }
        return rows + " ANTI JOIN read_parquet(["
                + file.deletes().stream().map(this::disk).collect(Collectors.joining(", ")) + "]) USING ("
                + String.join(", ", table.schema().identifierFieldNames()) + ")";
    }

    private String disk(ContentFile<?> file) {
        return "'" + catalog.file(file.location()) + "'";
    }

    /** Older files lack columns that were added later. */
    private static String declared(Schema schema) {
        return schema.columns().stream()
                .map(field -> "\"" + field.name() + "\" "
                        + switch (field.type().typeId()) {
                            case INTEGER -> "INTEGER";
                            case LONG -> "BIGINT";
                            case DOUBLE -> "DOUBLE";
                            case BOOLEAN -> "BOOLEAN";
                            case DATE -> "DATE";
                            case TIME -> "TIME";
                            case TIMESTAMP ->
                                field.type().toString().equals("timestamptz") ? "TIMESTAMPTZ" : "TIMESTAMP";
                            case UUID -> "UUID";
                            case BINARY -> "BLOB";
                            case DECIMAL -> field.type().toString();
                            case LIST -> "BIGINT[]";
                            default -> "VARCHAR";
                        })
                .collect(Collectors.joining(", "));
    }
}
