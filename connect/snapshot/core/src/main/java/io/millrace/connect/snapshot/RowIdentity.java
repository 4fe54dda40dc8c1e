package io.millrace.connect.snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * A row's key, free of its schema: a row that was read and a change that was streamed have the same identity when they
 * are of the same row, even if one schema carries an annotation more.
 *
 * @param columns names and values in turn, in the key's order
 */
public record RowIdentity(List<Object> columns) {
    public RowIdentity {
        columns = List.copyOf(columns);
    }

    /**
     * Returns the identity that a record key gives; empty without a key, and for a key with a null in it, which any
     * number of rows may share.
     */
    public static Optional<RowIdentity> of(@Nullable Object key) {
        if (!(key instanceof Struct struct)) {
            return Optional.empty();
        }
        List<Object> columns = new ArrayList<>(2 * struct.schema().fields().size());
        for (Field field : struct.schema().fields()) {
            Object value = struct.get(field);
            if (Objects.isNull(value)) {
                return Optional.empty();
            }
            columns.add(field.name());
            columns.add(value);
        }
        return Optional.of(new RowIdentity(columns));
    }
}
