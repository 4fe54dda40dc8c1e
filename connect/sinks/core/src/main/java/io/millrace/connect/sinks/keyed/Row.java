package io.millrace.connect.sinks.keyed;

import io.millrace.connect.sinks.Change;
import io.millrace.connect.sinks.row.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row, or as much of it as is told.
 *
 * @param change that it comes from, the last one where there are several
 * @param columns that are told; the same object for rows of one schema
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Row(Change change, List<Column> columns, @Nullable Object[] values) {
    /** Returns this row with all that a later change of it tells. */
    public Row changedTo(Row later) {
        if (later.tellsAllOf(this)) {
            return later;
        }
        List<Column> together = new ArrayList<>(columns);
        @Nullable Object[] all = Arrays.copyOf(values, columns.size() + later.columns.size());
        for (int i = 0; i < later.columns.size(); i++) {
            int here = indexOf(later.columns.get(i).name());
            if (here < 0) {
                all[together.size()] = later.values[i];
                together.add(later.columns.get(i));
            } else {
                all[here] = later.values[i];
                together.set(here, later.columns.get(i));
            }
        }
        return new Row(later.change, List.copyOf(together), Arrays.copyOf(all, together.size()));
    }

    private boolean tellsAllOf(Row other) {
        return columns == other.columns || other.columns.stream().allMatch(column -> indexOf(column.name()) >= 0);
    }

    /** Returns the place of a column; -1 when it is not told. */
    public int indexOf(String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** Returns the part of this row that has these columns and those of the platform; deletes tell no more for sure. */
    public Row only(List<String> names) {
        List<Column> kept = new ArrayList<>();
        List<@Nullable Object> told = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String name = columns.get(i).name();
            if (names.contains(name) || name.equals(Change.DELETED) || name.startsWith("_streamkap_")) {
                kept.add(columns.get(i));
                told.add(values[i]);
            }
        }
        return new Row(change, List.copyOf(kept), told.toArray());
    }
}
