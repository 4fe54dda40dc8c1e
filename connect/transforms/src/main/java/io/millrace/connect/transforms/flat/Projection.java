package io.millrace.connect.transforms.flat;

import io.millrace.connect.transforms.Structs;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The same values under other names or in another order, some of them left out or there twice. */
final class Projection implements RowChange {
    private static final Logger LOG = LoggerFactory.getLogger(Projection.class);

    private final Schema target;
    private final List<Field> sources;

    /** A column of the new row: its name and type, and the column that its value is taken from. */
    record Column(String name, Schema type, Field source) {
        static Column same(Field field) {
            return new Column(field.name(), field.schema(), field);
        }
    }

    private Projection(Schema target, List<Field> sources) {
        this.target = target;
        this.sources = sources;
    }

    /** Returns the change of rows into these columns; none when they are the row's own. */
    static RowChange of(Schema row, List<Column> columns) {
        SchemaBuilder builder = Structs.outline(row);
        columns.forEach(column -> builder.field(column.name(), column.type()));
        Schema target = builder.build();
        return target.equals(row)
                ? NONE
                : new Projection(target, columns.stream().map(Column::source).toList());
    }

    /** Returns the change of rows in which some columns have new names. A name that is taken is not given again. */
    static RowChange renaming(Schema row, Function<Field, Optional<String>> newName) {
        Set<String> taken = new HashSet<>();
        row.fields().stream().filter(field -> newName.apply(field).isEmpty()).forEach(field -> taken.add(field.name()));
        return of(
                row,
                row.fields().stream()
                        .map(field -> new Column(name(row, field, newName, taken), field.schema(), field))
                        .toList());
    }

    private static String name(Schema row, Field field, Function<Field, Optional<String>> newName, Set<String> taken) {
        Optional<String> wanted = newName.apply(field);
        if (wanted.isPresent() && !taken.add(wanted.get())) {
            LOG.warn("{} has a column '{}' already, so '{}' keeps its name", row.name(), wanted.get(), field.name());
            return field.name();
        }
        return wanted.orElse(field.name());
    }

    @Override
    public Struct apply(Struct row) {
        Struct projected = new Struct(target);
        List<Field> fields = target.fields();
        for (int i = 0; i < sources.size(); i++) {
            projected.put(fields.get(i), Structs.value(row, sources.get(i)));
        }
        return projected;
    }
}
