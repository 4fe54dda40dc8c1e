package io.millrace.database.postgresql;

import io.millrace.control.TableName;
import io.millrace.database.Check;
import io.millrace.database.DatabaseAddress;
import io.millrace.database.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a publication covers the tables, or can be made. */
final class PublicationCheck {
    private final Connection session;
    private final DatabaseAddress address;

    PublicationCheck(Connection session, DatabaseAddress address) {
        this.session = session;
        this.address = address;
    }

    Check of(String name, List<TableName> tables) throws SQLException {
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            return Check.failed(
                    CheckNames.PUBLICATION, "The name of the publication is empty.", "Set publication.name.");
        }
        Optional<Publication> publication = new Publications(session).find(name);
        return publication.isPresent() ? existing(publication.get(), tables) : missing(name, tables);
    }

    private Check existing(Publication publication, List<TableName> tables) throws SQLException {
        PostgresCatalogue catalogue = new PostgresCatalogue(session);
        Set<TableName> partitioned = new HashSet<>();
        for (TableName table : tables) {
            if (catalogue.isPartitioned(table)) {
                partitioned.add(table);
            }
        }
        List<PublicationGap> gaps = PublicationGaps.of(publication, tables, partitioned);
        if (gaps.isEmpty()) {
            return Check.passed(CheckNames.PUBLICATION, "Publication '" + publication.name() + "' covers the tables.");
        }
        return Check.failed(
                CheckNames.PUBLICATION,
                gaps.stream().map(PublicationGap::message).collect(Collectors.joining(" ")),
                gaps.stream().map(PublicationGap::sql).collect(Collectors.joining(" ")));
    }

    private Check missing(String name, List<TableName> tables) throws SQLException {
        boolean mayCreate = Rows.first(
                        session,
                        "SELECT pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE')",
                        row -> row.getBoolean(1))
                .orElse(false);
        List<TableName> foreign = notOwned(tables);
        if (mayCreate && foreign.isEmpty()) {
            return Check.passed(CheckNames.PUBLICATION, "Publication '" + name + "' does not exist and will be made.");
        }
        String why = mayCreate
                ? "does not own " + foreign
                : "may not create anything in database '" + address.database() + "'";
        return Check.failed(
                CheckNames.PUBLICATION,
                "Publication '" + name + "' does not exist, and user '" + address.user() + "' " + why + ".",
                "As the owner of the tables: " + Publications.creation(name, tables) + ";");
    }

    private List<TableName> notOwned(List<TableName> tables) throws SQLException {
        List<TableName> owned = Rows.all(
                session,
                """
                SELECT n.nspname, c.relname
                FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname || '.' || c.relname = ANY (?) AND pg_catalog.pg_has_role(c.relowner, 'USAGE')
                """,
                row -> new TableName(row.getString(1), row.getString(2)),
                (Object) tables.stream().map(TableName::toString).toArray(String[]::new));
        return tables.stream().filter(table -> !owned.contains(table)).toList();
    }
}
