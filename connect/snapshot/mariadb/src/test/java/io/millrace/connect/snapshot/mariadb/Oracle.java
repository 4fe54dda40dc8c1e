package io.millrace.connect.snapshot.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testkit.MariaDbDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Judges a topic against its table. The table has a column {@code v} that grows with every change of a row, also over a
 * delete and a new insert.
 */
final class Oracle {
    private final List<String> complaints = new ArrayList<>();
    private final Map<String, Long> newest = new HashMap<>();
    private final Map<String, String> newestBy = new HashMap<>();
    private final Map<String, Long> deleted = new HashMap<>();
    private final Map<String, Map<String, String>> rows = new TreeMap<>();
    private long reads;

    /** Replays a topic from its start. */
    static Oracle replay(List<SourceRecord> topic) {
        Oracle oracle = new Oracle();
        topic.forEach(oracle::take);
        return oracle;
    }

    private void take(SourceRecord entry) {
        if (entry.value() == null) {
            return; // the tombstone behind a delete
        }
        Struct value = (Struct) entry.value();
        String key = text((Struct) entry.key());
        String operation = value.getString("op");
        if (operation.equals("d")) {
            long version = value.getStruct("before").getInt64("v");
            advance(key, version, "delete");
            deleted.put(key, version);
            rows.remove(key);
            return;
        }
        Struct after = value.getStruct("after");
        long version = after.getInt64("v");
        if (operation.equals("r")) {
            reads++;
            if (deleted.getOrDefault(key, -1L) >= version) {
                complaints.add(
                        "S3: " + key + " was deleted at version " + deleted.get(key) + " and read at " + version);
            }
        }
        advance(key, version, operation);
        rows.put(key, columns(after));
    }

    private void advance(String key, long version, String operation) {
        Long before = newest.put(key, Math.max(version, newest.getOrDefault(key, -1L)));
        if (before != null && version < before) {
            complaints.add("S2: " + key + " goes from version " + before + " by " + newestBy.get(key) + " back to "
                    + version + " by " + operation);
        } else {
            newestBy.put(key, operation);
        }
    }

    /** Returns how many rows the snapshot delivered. */
    long reads() {
        return reads;
    }

    /** Fails unless the topic never went back and its replay gives the table as it is (S1, S2, S3). */
    void assertGives(MariaDbDatabase database, String table, String... keyColumns) {
        assertThat(complaints).isEmpty();
        Map<String, Map<String, String>> expected = new TreeMap<>();
        for (List<String> row : database.query("SELECT " + String.join(", ", keyColumns) + ", v FROM " + table)) {
            StringBuilder key = new StringBuilder();
            for (int i = 0; i < keyColumns.length; i++) {
                key.append(keyColumns[i]).append('=').append(row.get(i)).append(' ');
            }
            expected.put(key.toString(), Map.of("v", row.get(keyColumns.length)));
        }
        Map<String, Map<String, String>> replayed = new TreeMap<>();
        rows.forEach((key, columns) -> replayed.put(key, Map.of("v", columns.get("v"))));
        Set<String> missing = new HashSet<>(expected.keySet());
        missing.removeAll(replayed.keySet());
        assertThat(missing).as("S1: rows of the table that the topic lacks").isEmpty();
        assertThat(replayed).isEqualTo(expected);
    }

    private static String text(Struct key) {
        StringBuilder text = new StringBuilder();
        for (Field field : key.schema().fields()) {
            text.append(field.name()).append('=').append(key.get(field)).append(' ');
        }
        return text.toString();
    }

    private static Map<String, String> columns(Struct row) {
        Map<String, String> columns = new HashMap<>();
        for (Field field : row.schema().fields()) {
            columns.put(field.name(), String.valueOf(row.get(field)));
        }
        return columns;
    }
}
