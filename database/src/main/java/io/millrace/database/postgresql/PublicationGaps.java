package io.millrace.database.postgresql;

import io.millrace.control.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** What a publication that somebody else made lacks, with the statements that mend it. Nothing is altered here. */
public final class PublicationGaps {
    /** The kinds of change that a publication can hand out, in the order of the catalogue. */
    static final List<String> OPERATIONS = List.of("insert", "update", "delete", "truncate");

    private PublicationGaps() {}

    /**
     * Returns what is missing, most important first.
     *
     * @param wanted the tables to capture
     * @param partitioned those of them that are partitioned
     */
    public static List<PublicationGap> of(
            Publication publication, Collection<TableName> wanted, Set<TableName> partitioned) {
        String alter = "ALTER PUBLICATION " + Identifiers.quote(publication.name());
        List<PublicationGap> gaps = new ArrayList<>();
        List<TableName> missing = wanted.stream()
                .filter(table -> !publication.allTables())
                .filter(table -> !publication.tables().contains(table))
                .toList();
        if (!missing.isEmpty()) {
            gaps.add(new PublicationGap(
                    "Publication '" + publication.name() + "' lacks " + missing + ".",
                    alter + " ADD TABLE " + Identifiers.tables(missing) + ";"));
        }
        if (!publication.viaRoot() && wanted.stream().anyMatch(partitioned::contains)) {
            gaps.add(new PublicationGap(
                    "Publication '" + publication.name() + "' hands out changes of partitions under their own names.",
                    alter + " SET (publish_via_partition_root = true);"));
        }
        List<String> unpublished = OPERATIONS.stream()
                .filter(operation -> !publication.operations().contains(operation))
                .toList();
        if (!unpublished.isEmpty()) {
            gaps.add(new PublicationGap(
                    "Publication '" + publication.name() + "' leaves out " + unpublished + ".",
                    alter + " SET (publish = 'insert, update, delete, truncate');"));
        }
        for (TableName table : wanted) {
            if (publication.narrowed().contains(table)) {
                gaps.add(new PublicationGap(
                        "Publication '" + publication.name() + "' hands out only some rows or columns of " + table
                                + ".",
                        alter + " DROP TABLE " + Identifiers.quote(table) + "; " + alter + " ADD TABLE "
                                + Identifiers.quote(table) + ";"));
            }
        }
        return gaps;
    }
}
