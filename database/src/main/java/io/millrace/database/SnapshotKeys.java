package io.millrace.database;

import io.millrace.control.TableName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Chooses the columns that order the chunks of a table: the surrogate key, made unique by the primary key where there is
 * one; else the primary key; else a unique one, preferably without nulls. The snapshot engine follows the same rule.
 */
public final class SnapshotKeys {
    private final Catalogue catalogue;

    public SnapshotKeys(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Chooses the key of a table that exists. */
    public KeyChoice choose(TableName table, Optional<String> surrogateKey) throws SQLException {
        Optional<UniqueKey> unique = catalogue.uniqueKeys(table).stream().findFirst();
        return surrogateKey.isPresent()
                ? withSurrogate(table, surrogateKey.get(), unique)
                : new KeyChoice.Chosen(natural(table, unique));
    }

    private SnapshotKey natural(TableName table, Optional<UniqueKey> unique) {
        if (unique.isEmpty()) {
            return new SnapshotKey(
                    List.of(),
                    KeyOrigin.NONE,
                    List.of("Table " + table + " has neither a primary key nor a unique index. Add one, or name a"
                            + " surrogate key."));
        }
        UniqueKey key = unique.get();
        List<String> warnings = key.nullable()
                ? List.of("The unique index " + key.index() + " of table " + table + " allows null; rows with a null in"
                        + " it are read " + catalogue.whenNullsAreRead() + ".")
                : List.of();
        return new SnapshotKey(key.columns(), key.primary() ? KeyOrigin.PRIMARY_KEY : KeyOrigin.UNIQUE_INDEX, warnings);
    }

    private KeyChoice withSurrogate(TableName table, String surrogate, Optional<UniqueKey> unique) throws SQLException {
        Optional<Column> column = catalogue.columns(table).stream()
                .filter(candidate -> candidate.name().equals(surrogate))
                .findFirst();
        if (column.isEmpty()) {
            return new KeyChoice.SurrogateMissing(
                    "Table " + table + " has no column '" + surrogate + "'. Name another surrogate key.");
        }
        if (!catalogue.isOrdered(table, surrogate)) {
            return new KeyChoice.SurrogateUnusable("Column '" + surrogate + "' of table " + table + " is of type "
                    + column.get().type() + ", which has no order. Name another surrogate key.");
        }
        List<String> columns = new ArrayList<>(List.of(surrogate));
        unique.map(UniqueKey::columns).orElse(List.of()).stream()
                .filter(name -> !name.equals(surrogate))
                .forEach(columns::add);
        return new KeyChoice.Chosen(
                new SnapshotKey(columns, KeyOrigin.SURROGATE_KEY, warnings(table, column.get(), unique.isPresent())));
    }

    private List<String> warnings(TableName table, Column surrogate, boolean madeUnique) throws SQLException {
        String subject = "The surrogate key '" + surrogate.name() + "' of table " + table;
        List<String> warnings = new ArrayList<>();
        if (surrogate.nullable()) {
            warnings.add(subject + " allows null; rows without a value are read " + catalogue.whenNullsAreRead() + ".");
        }
        if (!madeUnique) {
            warnings.add(subject + " is not unique, and the table has no unique key; rows with equal values are read"
                    + " together.");
        }
        if (!catalogue.isIndexed(table, surrogate.name())) {
            warnings.add(subject + " has no index; each chunk reads the whole table.");
        }
        return warnings;
    }
}
