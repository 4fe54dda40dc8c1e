package io.millrace.connect.snapshot.postgresql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.millrace.connect.snapshot.ChunkRange;
import io.millrace.connect.snapshot.TableUnreadableException;
import io.millrace.control.TableName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the rows of a table lie: in pages of one or, where it is partitioned, of several relations. A position is a
 * relation and a {@code ctid} in it, with the file that this was true of; of another file nothing is known, so the
 * relation is read from its first page again.
 *
 * @param relations in the order in which they are read; never empty
 */
record Places(List<Relation> relations) {
    /** Greatest number of a row in a page. */
    private static final int LAST_ROW = 65_535;

    private static final String FIRST = "(0,0)";

    private static final String RELATIONS =
            """
            SELECT c.oid::text, quote_ident(n.nspname) || '.' || quote_ident(c.relname),
                   pg_relation_filenode(c.oid)::text,
                   greatest(pg_relation_size(c.oid) / current_setting('block_size')::bigint, 1),
                   CASE WHEN c.relpages > 0 AND c.reltuples > 0 THEN c.reltuples / c.relpages ELSE 50 END
            FROM (SELECT relid::oid FROM pg_partition_tree(to_regclass(:table)) WHERE isleaf
                  UNION SELECT oid FROM pg_class WHERE oid = to_regclass(:table) AND relkind = 'r') t
                JOIN pg_class c ON c.oid = t.relid
                JOIN pg_namespace n ON n.oid = c.relnamespace
            ORDER BY c.oid
            """;

    /**
     * A relation with rows.
     *
     * @param name as SQL takes it
     * @param file number of its file
     * @param pages at least 1
     * @param rowsOfPage rows of an average page
     */
    record Relation(String oid, String name, String file, long pages, double rowsOfPage) {
        private JsonNode endOf(long page) {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put(KeyFields.PARTITION, oid)
                    .put(KeyFields.PLACE, "(" + page + "," + LAST_ROW + ")")
                    .put(KeyFields.FILE, file);
        }

        private boolean holds(JsonNode position) {
            return oid.equals(position.path(KeyFields.PARTITION).asText())
                    && file.equals(position.path(KeyFields.FILE).asText());
        }

        private JsonNode end() {
            return endOf(pages - 1);
        }
    }

    /** A piece of a relation: the rows beyond {@code after} up to {@code end}. */
    record Piece(Relation relation, String after, JsonNode end) {
        /** Returns the rows: {@code select}, then where each lies. */
        String rows(String select) {
            return "SELECT " + select + "tableoid, ctid, pg_relation_filenode(tableoid) FROM ONLY " + relation.name()
                    + " WHERE ctid > " + TableCatalogue.literal(after) + "::tid AND ctid <= "
                    + TableCatalogue.literal(end.get(KeyFields.PLACE).asText()) + "::tid";
        }
    }

    Places {
        relations = List.copyOf(relations);
    }

    /** Reads where the rows of a table lie, in the session's present transaction. */
    static Places of(ReaderSession session, TableName table) throws SQLException, TableUnreadableException {
        String name = TableCatalogue.literal(TableCatalogue.quoted(table));
        List<Relation> relations = session.query(RELATIONS.replace(":table", name), result -> {
            List<Relation> found = new ArrayList<>();
            while (result.next()) {
                found.add(new Relation(
                        result.getString(1),
                        result.getString(2),
                        result.getString(3),
                        result.getLong(4),
                        result.getDouble(5)));
            }
            return found;
        });
        if (relations.isEmpty()) {
            throw TableCatalogue.missing(table);
        }
        return new Places(relations);
    }

    /** Returns the last position of all. */
    JsonNode last() {
        return relations.get(relations.size() - 1).end();
    }

    /** Returns whether a position is the last one of all. */
    boolean isLast(JsonNode position) {
        return position.equals(last());
    }

    /** Returns the piece of a range that begins it, about so many rows; empty when nothing lies beyond its begin. */
    Optional<Piece> first(ChunkRange range, int rows) {
        int index = range.after().map(this::indexOf).orElse(0);
        Optional<JsonNode> after = range.after();
        while (index < relations.size()) {
            Relation relation = relations.get(index);
            String from = after.filter(relation::holds)
                    .map(position -> position.get(KeyFields.PLACE).asText())
                    .orElse(FIRST);
            long page = firstPage(from);
            if (page < relation.pages()) {
                long pages = Math.max(1, (long) (rows / relation.rowsOfPage()));
                JsonNode end = relation.endOf(Math.min(relation.pages(), page + pages) - 1);
                return Optional.of(new Piece(
                        relation, from, range.end().filter(relation::holds).orElse(end)));
            }
            index++;
        }
        return Optional.empty();
    }

    /** Returns the index of a position's relation, or of the one that follows where it was. */
    private int indexOf(JsonNode position) {
        long oid = position.path(KeyFields.PARTITION).asLong();
        int index = 0;
        while (index < relations.size() && Long.parseLong(relations.get(index).oid()) < oid) {
            index++;
        }
        return index;
    }

    private static long firstPage(String ctid) {
        int comma = ctid.indexOf(',');
        long page = Long.parseLong(ctid.substring(1, comma));
        return Integer.parseInt(ctid.substring(comma + 1, ctid.length() - 1)) == LAST_ROW ? page + 1 : page;
    }
}
