package io.millrace.connect.snapshot.postgresql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.connect.snapshot.postgresql.TableCatalogue.KeyColumn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the key is in what a query returns, and keys as objects of column to value: whole numbers as numbers, everything
 * else as the text that the server writes and that a cast takes back.
 *
 * @param fields index of each key column's field
 * @param place index of the first of the three fields that tell where a row lies; they are there among nulls only
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record KeyFields(List<KeyColumn> key, int[] fields, int place) {
    static final String PARTITION = "tableoid";
    static final String PLACE = "ctid";
    static final String FILE = "relfilenode";

    private static final Set<String> WHOLE_NUMBERS = Set.of("smallint", "integer", "bigint");

    /** Finds the key among the columns of a select list; key columns that it lacks come behind it. */
    static KeyFields in(List<KeyColumn> key, List<String> selected) {
        int[] fields = new int[key.size()];
        int behind = selected.size();
        for (int i = 0; i < fields.length; i++) {
            int index = selected.indexOf(key.get(i).name());
            fields[i] = index >= 0 ? index : behind++;
        }
        return new KeyFields(key, fields, behind);
    }

    /** Returns the key columns that have to be selected as well. */
    List<String> lacking(List<String> selected) {
        return key.stream()
                .map(KeyColumn::name)
                .filter(name -> !selected.contains(name))
                .toList();
    }

    /** Returns the position of a row. */
    JsonNode of(CopyLine line, boolean amongNulls) {
        List<@Nullable String> texts = new ArrayList<>(fields.length);
        for (int field : fields) {
            texts.add(line.text(field));
        }
        ObjectNode position = position(texts);
        if (amongNulls) {
            position.put(PARTITION, line.text(place));
            position.put(PLACE, line.text(place + 1));
            position.put(FILE, line.text(place + 2));
        }
        return position;
    }

    /** Returns whether two rows have the same key. */
    boolean same(CopyLine one, CopyLine other) {
        for (int field : fields) {
            if (!one.equalsIn(other, field)) {
                return false;
            }
        }
        return true;
    }

    /** Returns the key in a result. */
    JsonNode of(ResultSet result) throws SQLException {
        List<@Nullable String> texts = new ArrayList<>(fields.length);
        for (int field : fields) {
            texts.add(result.getString(field + 1));
        }
        return position(texts);
    }

    private ObjectNode position(List<@Nullable String> texts) {
        ObjectNode position = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < key.size(); i++) {
            KeyColumn column = key.get(i);
            String text = texts.get(i);
            if (text == null) {
                position.putNull(column.name());
            } else if (WHOLE_NUMBERS.contains(column.type())) {
                position.put(column.name(), Long.parseLong(text));
            } else {
                position.put(column.name(), text);
            }
        }
        return position;
    }
}
