package io.millrace.pipeline.verify;

import io.millrace.database.compare.ReadTable;
import io.millrace.database.compare.ReadTable.Newer;
import io.millrace.database.compare.ReadTable.ReadColumn;
import io.millrace.database.compare.ValueKind;
import io.millrace.database.compare.ValueKind.Plain;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Rows that were changed since their table was found equal.
 *
 * @param column tells of a row when it was changed
 * @param since beginning of the comparison that found the table equal; empty if none did
 */
record ChangedRows(String column, Optional<Instant> since) {
    /** For rows that are stamped some time before they are committed. */
    private static final Duration MARGIN = Duration.ofHours(1);

    /** For moments that do not say their zone, which may be any. */
    private static final Duration ANY_ZONE = Duration.ofHours(25);

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu-MM-dd");

    /** Returns the pair with just these rows, or all if it was never found equal; refuses a column that does not say when. */
    TablePair of(TablePair whole) throws IncomparableException {
        List<ReadColumn> here = all(whole.source());
        ReadColumn at = here.stream()
                .filter(one -> one.column().name().equals(column))
                .findFirst()
                .orElseThrow(() -> refused(whole, "is not compared: " + reason(whole)));
        if (at.kind() != Plain.INSTANT && at.kind() != Plain.TIMESTAMP && at.kind() != Plain.DATE) {
            throw refused(whole, "is of type " + at.column().declared() + ", which is neither a moment nor a day");
        }
        if (since.isEmpty()) {
            return whole;
        }
        String bound = bound(at.kind(), since.get());
        ReadColumn copy = all(whole.destination()).get(here.indexOf(at));
        return new TablePair(
                whole.source().only(new Newer(at.column(), bound)),
                whole.destination().only(new Newer(copy.column(), bound)),
                whole.leftOut());
    }

    private static String bound(ValueKind kind, Instant since) {
        Instant from = since.minus(kind == Plain.INSTANT ? MARGIN : ANY_ZONE);
        return (kind == Plain.DATE ? DAY : MOMENT).format(from.atOffset(ZoneOffset.UTC));
    }

    private static List<ReadColumn> all(ReadTable table) {
        return Stream.concat(table.key().stream(), table.columns().stream()).toList();
    }

    private String reason(TablePair whole) {
        return whole.leftOut().stream()
                .filter(left -> left.column().equals(column))
                .map(VerifyTopic.LeftOut::reason)
                .findFirst()
                .orElse("there is no such column");
    }

    private IncomparableException refused(TablePair whole, String why) {
        return new IncomparableException(
                "Column '" + column + "' of table '" + whole.source().name()
                        + "', which is to say when rows were changed, " + why
                        + "; name another one as timestamp_column, or leave it out");
    }
}
