package io.millrace.it;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A table that is copied, with the columns of its key and all others. */
record CampaignTable(String name, List<String> key, List<String> others) {
    CampaignTable {
        key = List.copyOf(key);
        others = List.copyOf(others);
    }

    private List<String> columns() {
        return Stream.concat(key.stream(), others.stream()).toList();
    }

    /** Returns a query on a copy whose rows {@link Checksums#of} takes; the schema ends with a point, or is empty. */
    String checksums(String schema) {
        return Checksums.query(schema + name, key, columns());
    }

    /** Returns the same of one row as texts. */
    List<String> checksum(Map<String, String> row) {
        return Checksums.row(row, key, columns());
    }
}
