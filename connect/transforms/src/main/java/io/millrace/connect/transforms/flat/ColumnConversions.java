package io.millrace.connect.transforms.flat;

import io.millrace.connect.transforms.Derived;
import io.millrace.connect.transforms.Structs;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/** Converts columns of rows of one schema. Columns whose value does not fit keep it, and their type. */
final class ColumnConversions implements RowChange {
    private final Schema row;
    private final List<Target> targets;
    private final Derived<BitSet, Schema> schemas = new Derived<>();

    /** A column and what is done to it. */
    record Target(Field source, Conversion.Converted converted) {}

    ColumnConversions(Schema row, List<Target> targets) {
        this.row = row;
        this.targets = List.copyOf(targets);
    }

    @Override
    public Struct apply(Struct given) {
        Object[] values = new Object[row.fields().size()];
        for (Field field : row.fields()) {
            values[field.index()] = Structs.value(given, field);
        }
        BitSet fitting = new BitSet();
        for (Target target : targets) {
            int place = target.source().index();
            Optional<Object> converted = Optional.ofNullable(values[place])
                    .flatMap(target.converted().convert());
            if (converted.isPresent()) {
                values[place] = converted.get();
            }
            fitting.set(place, converted.isPresent() || values[place] == null);
        }
        return fitting.isEmpty() ? given : row(schemas.of(fitting, this::schema), values);
    }

    private static Struct row(Schema schema, Object[] values) {
        Struct row = new Struct(schema);
        for (Field field : schema.fields()) {
            row.put(field, values[field.index()]);
        }
        return row;
    }

    private Schema schema(BitSet fitting) {
        Schema[] types = row.fields().stream().map(Field::schema).toArray(Schema[]::new);
        for (Target target : targets) {
            int place = target.source().index();
            types[place] = fitting.get(place) ? target.converted().type() : types[place];
        }
        SchemaBuilder builder = Structs.outline(row);
        row.fields().forEach(field -> builder.field(field.name(), types[field.index()]));
        return builder.build();
    }
}
