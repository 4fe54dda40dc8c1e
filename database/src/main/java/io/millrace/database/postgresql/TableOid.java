package io.millrace.database.postgresql;

/** How the catalogue's queries find a table: by its exact name, also where the user may not use its schema. */
final class TableOid {
    /** An expression with two parameters, schema and table; null where there is none. */
    static final String SQL =
            """
            (SELECT found.oid FROM pg_catalog.pg_class found
             JOIN pg_catalog.pg_namespace place ON place.oid = found.relnamespace
             WHERE place.nspname = ? AND found.relname = ?)""";

    private TableOid() {}
}
