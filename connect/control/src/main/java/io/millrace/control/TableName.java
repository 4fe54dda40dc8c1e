package io.millrace.control;

/**
 * A table by its names in the database, unquoted and as stored in the catalogue.
 *
 * @param schema schema, or database where the product has no schemas
 */
public record TableName(String schema, String table) {
    public TableName {
        if (schema.isEmpty() || table.isEmpty()) {
            throw new IllegalArgumentException("a table needs a schema and a name: '" + schema + "', '" + table + "'");
        }
    }

    /** Returns both names with a dot between; for people, not for SQL. */
    @Override
    public String toString() {
        return schema + "." + table;
    }
}
