package io.millrace.connect.sinks.sql;

import io.millrace.connect.sinks.Change;
import io.millrace.connect.sinks.RefusedException;
import io.millrace.connect.sinks.row.Column;
import io.millrace.connect.sinks.row.ColumnType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a table fit what is to be written: makes it, adds columns, widens types, lets columns be null. Columns are never
 * dropped: one that the source no longer has stays, and new rows have nothing in it.
 */
final class TableEvolution {
    private static final Logger LOG = LoggerFactory.getLogger(TableEvolution.class);

    private final Dialect dialect;
    private final boolean allowed;
    private final boolean unique;

    /**
     * @param allowed whether anything may be changed; else what does not fit is refused
     * @param unique whether the key of a new table is to be unique
     */
    TableEvolution(Dialect dialect, boolean allowed, boolean unique) {
        this.dialect = dialect;
        this.allowed = allowed;
        this.unique = unique;
    }

    /** What is to be written. */
    record Wanted(TableName name, List<Column> columns, List<String> key, Change first) {}

    /** Returns the table after it was made to fit. */
    TargetTable fit(Connection connection, Wanted wanted) throws SQLException, RefusedException {
        Optional<TargetTable> found = dialect.find(connection, wanted.name());
        List<String> statements = found.isPresent() ? changes(found.get(), wanted) : List.of(creation(wanted));
        if (statements.isEmpty()) {
            return found.orElseThrow();
        }
        if (!allowed) {
            throw new RefusedException(
                    wanted.first(),
                    (found.isPresent()
                                    ? "Table " + wanted.name() + " does not fit the record"
                                    : "Table " + wanted.name() + " does not exist")
                            + " and schema.evolution is 'none'; needed: " + String.join("; ", statements));
        }
        if (dialect.changesSchemasAlone()) {
            connection.commit();
        }
        if (found.isEmpty() && wanted.name().schema().isPresent()) {
            dialect.createSchema(connection, wanted.name().schema().get());
        }
        for (String statement : statements) {
            LOG.info("Table {}: {}", wanted.name(), statement);
            Dialect.execute(connection, statement);
        }
        if (dialect.changesSchemasAlone()) {
            connection.commit();
        }
        return dialect.find(connection, wanted.name())
                .orElseThrow(() -> new SQLException("Table " + wanted.name() + " was made and cannot be seen"));
    }

    private String creation(Wanted wanted) {
        List<String> definitions = new ArrayList<>();
        for (Column column : wanted.columns()) {
            boolean key = unique && wanted.key().contains(column.name());
            definitions.add(dialect.quoted(column.name()) + " " + dialect.declared(column.type(), key)
                    + (key ? " NOT NULL" : ""));
        }
        if (unique && !wanted.key().isEmpty()) {
            definitions.add("PRIMARY KEY ("
                    + String.join(
                            ", ", wanted.key().stream().map(dialect::quoted).toList()) + ")");
        }
        return dialect.createTable(wanted.name(), definitions);
    }

    private List<String> changes(TargetTable table, Wanted wanted) {
        List<String> statements = new ArrayList<>();
        for (Column column : wanted.columns()) {
            boolean key = wanted.key().contains(column.name());
            Optional<TargetColumn> there = table.column(column.name());
            if (there.isEmpty()) {
                statements.add(dialect.addColumn(table.name(), column.name(), dialect.declared(column.type(), false)));
                continue;
            }
            there.get()
                    .type()
                    .flatMap(type -> wider(type, column.type(), key))
                    .ifPresent(declared -> statements.add(dialect.changeType(table.name(), column.name(), declared)));
            if (there.get().required() && column.optional() && !key) {
                statements.add(dialect.makeOptional(table.name(), there.get()));
            }
        }
        for (TargetColumn there : table.columns().values()) {
            boolean told =
                    wanted.columns().stream().anyMatch(column -> column.name().equals(there.name()));
            if (!told && there.required() && !wanted.key().contains(there.name())) {
                statements.add(dialect.makeOptional(table.name(), there));
            }
        }
        return statements;
    }

    /** Types that the product declares alike are alike. */
    private Optional<String> wider(ColumnType column, ColumnType wanted, boolean key) {
        String there = dialect.declared(column, key);
        return there.equals(dialect.declared(wanted, key))
                ? Optional.empty()
                : Widening.needed(column, wanted)
                        .map(type -> dialect.declared(type, key))
                        .filter(declared -> !declared.equals(there));
    }
}
