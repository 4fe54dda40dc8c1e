package io.millrace.pipeline.verify;

import io.millrace.control.TableName;
import io.millrace.database.ReachedDatabase;
import io.millrace.database.UniqueKey;
import io.millrace.database.compare.ComparedColumn;
import io.millrace.database.compare.ComparedDatabase;
import io.millrace.database.compare.ReadTable;
import io.millrace.database.compare.ReadTable.ReadColumn;
import io.millrace.database.compare.ValueKind;
import io.millrace.destination.Landing;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides what of two tables is compared: the columns that both have, by the key of the source.
 *
 * @param leftOut columns that are not compared, and why
 */
record TablePair(ReadTable source, ReadTable destination, List<VerifyTopic.LeftOut> leftOut) {
    /** Columns that a destination adds to rows. */
    private static final String OWN = "_streamkap_";

    private static final String DELETED = "__deleted";

    TablePair {
        leftOut = List.copyOf(leftOut);
    }

    /**
     * What is known before the databases are asked.
     *
     * @param topic name in Kafka
     * @param excluded columns that somebody does not want to be compared, as {@code column} or {@code schema.table.column}
     */
    record Question(TableName table, String topic, List<String> excluded, boolean countsOnly) {
        boolean excludes(String column) {
            return excluded.contains(column)
                    || excluded.contains(table.table() + "." + column)
                    || excluded.contains(table + "." + column);
        }
    }

    /** Finds out what can be compared. */
    static TablePair of(Question question, ReachedDatabase source, ComparedDatabase destination, Landing landing)
            throws SQLException, IncomparableException {
        List<ComparedColumn> here = source.compared().columns(question.table());
        if (here.isEmpty()) {
            throw new IncomparableException("The source has no table '" + question.table() + "' that its user can see");
        }
        TableName there = landing.table(question.topic());
        List<ComparedColumn> copies = destination.columns(there);
        if (copies.isEmpty()) {
            throw new IncomparableException("The destination has no table '" + there
                    + "' yet; it is made when the first row arrives, by a snapshot of topic '"
                    + question.topic().substring(question.topic().indexOf('.') + 1) + "' for example");
        }
        return new Matching(question, landing, here, copies).pair(key(question.table(), source), there);
    }

    private static List<String> key(TableName table, ReachedDatabase source)
            throws SQLException, IncomparableException {
        return source.catalogue().uniqueKeys(table).stream()
                .filter(key -> !key.nullable())
                .findFirst()
                .map(UniqueKey::columns)
                .orElseThrow(() -> new IncomparableException("Table '" + table
                        + "' has neither a primary key nor a unique index without nulls, so its rows cannot be found"
                        + " again at the destination; add a primary key"));
    }

    /** Columns of one side beside those of the other. */
    private record Matching(
            Question question, Landing landing, List<ComparedColumn> here, List<ComparedColumn> copies) {
        TablePair pair(List<String> keyNames, TableName there) throws IncomparableException {
            List<ReadColumn> key = new ArrayList<>();
            List<ReadColumn> keyCopy = new ArrayList<>();
            for (String name : keyNames) {
                ComparedColumn column = here.stream()
                        .filter(one -> one.name().equals(name))
                        .findFirst()
                        .orElseThrow();
                ValueKind kind = column.kind().orElseThrow(() -> unusable(column, "has a type without a known order"));
                ComparedColumn copy = copyOf(name).orElseThrow(() -> unusable(column, "is not at the destination"));
                if (!copy.kind().map(kind::ordersLike).orElse(false) || !kind.ordersLike(kind)) {
                    throw unusable(
                            column,
                            "is of type " + column.declared() + " and at the destination of type " + copy.declared()
                                    + ", whose values have another order");
                }
                key.add(new ReadColumn(column, kind));
                keyCopy.add(new ReadColumn(copy, kind));
            }
            List<VerifyTopic.LeftOut> leftOut = new ArrayList<>();
            List<ReadColumn> columns = new ArrayList<>();
            List<ReadColumn> columnCopies = new ArrayList<>();
            for (ComparedColumn column : question.countsOnly() ? List.<ComparedColumn>of() : here) {
                if (keyNames.contains(column.name())) {
                    continue;
                }
                Optional<String> reason = reasonToLeaveOut(column);
                if (reason.isPresent()) {
                    leftOut.add(new VerifyTopic.LeftOut(column.name(), reason.get()));
                } else {
                    ValueKind kind = column.kind().orElseThrow();
                    columns.add(new ReadColumn(column, kind));
                    columnCopies.add(new ReadColumn(copyOf(column.name()).orElseThrow(), kind));
                }
            }
            leftOut.addAll(onlyAtTheDestination());
            Optional<ComparedColumn> mark =
                    copies.stream().filter(copy -> copy.name().equals(DELETED)).findFirst();
            return new TablePair(
                    new ReadTable(question.table(), key, columns, Optional.empty()),
                    new ReadTable(there, keyCopy, columnCopies, mark),
                    leftOut);
        }

        private IncomparableException unusable(ComparedColumn column, String why) {
            return new IncomparableException("Column '" + column.name() + "' of the key of table '" + question.table()
                    + "' " + why + ", so rows cannot be found again there");
        }

        private Optional<ComparedColumn> copyOf(String name) {
            String folded = landing.folded(name);
            return copies.stream()
                    .filter(copy -> copy.name().equals(folded))
                    .findFirst()
                    .or(() -> copies.stream()
                            .filter(copy -> copy.name().equalsIgnoreCase(folded))
                            .findFirst());
        }

        private Optional<String> reasonToLeaveOut(ComparedColumn column) {
            if (question.excludes(column.name())) {
                return Optional.of("excluded by the request");
            }
            Optional<ComparedColumn> copy = copyOf(column.name());
            if (copy.isEmpty()) {
                return Optional.of("not at the destination");
            }
            Optional<String> transform = landing.changedBy(column.name());
            if (transform.isPresent()) {
                return Optional.of("changed on its way by " + transform.get());
            }
            if (column.kind().isEmpty()) {
                return Optional.of("of type " + column.declared() + ", whose values have no form in common");
            }
            boolean bytes = column.kind().get() == ValueKind.Plain.BYTES;
            boolean bytesThere =
                    copy.get().kind().filter(ValueKind.Plain.BYTES::equals).isPresent();
            return bytes != bytesThere
                    ? Optional.of("of type " + column.declared() + ", and at the destination of type "
                            + copy.get().declared())
                    : Optional.empty();
        }

        private List<VerifyTopic.LeftOut> onlyAtTheDestination() {
            Set<String> known = here.stream()
                    .flatMap(column -> copyOf(column.name()).stream())
                    .map(ComparedColumn::name)
                    .collect(Collectors.toSet());
            return copies.stream()
                    .map(ComparedColumn::name)
                    .filter(name -> !known.contains(name) && !name.startsWith(OWN) && !name.startsWith("__"))
                    .map(name -> new VerifyTopic.LeftOut(name, "not at the source"))
                    .toList();
        }
    }
}
