package io.millrace.connect.transforms;

import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a row at a destination has beside its own columns. */
enum AddedColumn {
    /** Whether the row was deleted, {@code "true"} or {@code "false"}. */
    DELETED("__deleted"),
    /** When the change was read, in milliseconds since 1970. */
    TIME("_streamkap_ts_ms"),
    /** When the change was committed in the source, in milliseconds since 1970. */
    SOURCE_TIME("_streamkap_source_ts_ms");

    private static final String PREFIX = "_streamkap_";
    private static final Logger LOG = LoggerFactory.getLogger(AddedColumn.class);

    private final String columnName;

    AddedColumn(String columnName) {
        this.columnName = columnName;
    }

    /** Returns whether the platform adds columns of this name to rows, here or later. */
    static boolean isName(String column) {
        return column.equals(DELETED.columnName) || column.startsWith(PREFIX);
    }

    /** Returns those whose names a row does not have. */
    static List<AddedColumn> besides(Schema row) {
        return Stream.of(values()).filter(column -> !column.isIn(row)).toList();
    }

    private boolean isIn(Schema row) {
        boolean present = row.field(columnName) != null;
        if (present) {
            LOG.warn("{} has a column '{}' of its own, which stays as it is", row.name(), columnName);
        }
        return present;
    }

    String columnName() {
        return columnName;
    }

    Schema type() {
        return this == DELETED ? Schema.OPTIONAL_STRING_SCHEMA : Schema.OPTIONAL_INT64_SCHEMA;
    }
}
