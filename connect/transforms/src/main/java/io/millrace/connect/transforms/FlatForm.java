package io.millrace.connect.transforms;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** How envelopes of one schema become rows: which columns there are, and which of them may lack their value. */
final class FlatForm {
    private static final String TIME = "ts_ms";
    private static final Schema NO_COLUMNS = SchemaBuilder.struct().build();

    /** A column that may have a placeholder for its value. */
    private record Suspect(Field column, Predicate<Object> check) {
        boolean isUnavailable(Struct row) {
            Object value = row.get(column);
            return value != null && check.test(value);
        }
    }

    /** The columns of a row that are kept, and the schema that they and the added ones have. */
    private record Layout(Schema schema, List<Field> columns, List<AddedColumn> added) {}

    private final Field operation;
    private final Field before;
    private final Field after;
    private final Optional<Field> time;
    private final Field source;
    private final Optional<Field> sourceTime;
    private final List<Suspect> suspects = new ArrayList<>();
    private final Layout whole;
    private final Derived<BitSet, Layout> partial = new Derived<>();

    private FlatForm(Schema envelope) {
        operation = envelope.field(Envelope.OPERATION);
        before = envelope.field(Envelope.BEFORE);
        after = envelope.field(Envelope.AFTER);
        time = Optional.ofNullable(envelope.field(TIME));
        source = envelope.field(Envelope.SOURCE);
        sourceTime = Optional.ofNullable(source.schema().field(TIME));
        for (Field column : after.schema().fields()) {
            UnavailableValue.check(column.schema()).ifPresent(check -> suspects.add(new Suspect(column, check)));
        }
        whole = layout(new BitSet());
    }

    /** Returns the form of a schema's envelopes; nothing when they are none. */
    static Optional<FlatForm> of(Schema schema) {
        return Envelope.isEnvelope(schema) ? Optional.of(new FlatForm(schema)) : Optional.empty();
    }

    boolean isTruncation(Struct envelope) {
        return Envelope.TRUNCATION.equals(envelope.get(operation));
    }

    /** Returns the row of a change. The key is all that is known of a deleted row that the envelope does not have. */
    Struct row(Struct envelope, @Nullable Object key) {
        if (envelope.get(after) instanceof Struct row) {
            return copy(row, envelope, false, layoutOf(row));
        }
        if (!Envelope.DELETION.equals(envelope.get(operation))) {
            throw new DataException("A change with operation '" + envelope.get(operation) + "' carries no row");
        }
        return envelope.get(before) instanceof Struct row
                ? copy(row, envelope, true, layoutOf(row))
                : deletedByKey(envelope, key instanceof Struct columns ? columns : new Struct(NO_COLUMNS));
    }

    private Layout layoutOf(Struct row) {
        return isWhole(row) ? whole : partial.of(unavailable(row), this::layout);
    }

    private boolean isWhole(Struct row) {
        for (int i = 0; i < suspects.size(); i++) {
            if (suspects.get(i).isUnavailable(row)) {
                return false;
            }
        }
        return true;
    }

    private BitSet unavailable(Struct row) {
        BitSet unavailable = new BitSet();
        suspects.stream()
                .filter(suspect -> suspect.isUnavailable(row))
                .forEach(suspect -> unavailable.set(suspect.column().index()));
        return unavailable;
    }

    private Struct deletedByKey(Struct envelope, Struct key) {
        Struct row = new Struct(after.schema());
        BitSet absent = new BitSet();
        for (Field column : after.schema().fields()) {
            if (key.schema().field(column.name()) == null) {
                absent.set(column.index());
            } else {
                row.put(column, key.get(column.name()));
            }
        }
        return copy(row, envelope, true, partial.of(absent, this::layout));
    }

    private Struct copy(Struct row, Struct envelope, boolean deleted, Layout layout) {
        Struct flat = new Struct(layout.schema());
        List<Field> fields = layout.schema().fields();
        List<Field> columns = layout.columns();
        for (int i = 0; i < columns.size(); i++) {
            flat.put(fields.get(i), Structs.value(row, columns.get(i)));
        }
        for (int i = 0; i < layout.added().size(); i++) {
            flat.put(fields.get(columns.size() + i), value(layout.added().get(i), envelope, deleted));
        }
        return flat;
    }

    private @Nullable Object value(AddedColumn column, Struct envelope, boolean deleted) {
        return switch (column) {
            case DELETED -> String.valueOf(deleted);
            case TIME -> time.map(envelope::get).orElse(null);
            case SOURCE_TIME ->
                sourceTime
                        .map(field -> envelope.getStruct(Envelope.SOURCE).get(field))
                        .orElse(null);
        };
    }

    private Layout layout(BitSet absent) {
        Schema row = after.schema();
        List<Field> columns = row.fields().stream()
                .filter(column -> !absent.get(column.index()))
                .toList();
        List<AddedColumn> added = AddedColumn.besides(row);
        SchemaBuilder builder = Structs.requiredOutline(row);
        columns.forEach(column -> builder.field(column.name(), column.schema()));
        added.forEach(column -> builder.field(column.columnName(), column.type()));
        return new Layout(builder.build(), columns, added);
    }
}
