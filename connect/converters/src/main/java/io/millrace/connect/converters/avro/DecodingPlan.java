package io.millrace.connect.converters.avro;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Compiles one Avro schema. A record that occurs several times is one Connect schema object. */
final class DecodingPlan {
    private static final String UNION = AvroNames.NAMESPACE + ".Union";

    private final Map<Named, Decoding> known = new HashMap<>();
    private final Set<String> open = new HashSet<>();

    Decoding root(Schema avro) {
        boolean optional = Boolean.TRUE.equals(avro.getObjectProp(Properties.OPTIONAL));
        return of(avro, optional, null);
    }

    private Decoding of(Schema avro, boolean optional, @Nullable Object fieldDefault) {
        return switch (avro.getType()) {
            case UNION -> union(avro, fieldDefault);
            case RECORD -> record(avro, optional);
            case ARRAY ->
                Properties.hasType(avro, "map") ? entries(avro, optional) : array(avro, optional, fieldDefault);
            case MAP -> map(avro, optional, fieldDefault);
            default -> {
                ScalarDecoding scalar = ScalarDecoding.of(avro);
                yield scalar.with(attributes(avro, scalar.plain(), optional, fieldDefault));
            }
        };
    }

    private Decoding union(Schema avro, @Nullable Object fieldDefault) {
        List<Schema> types = avro.getTypes();
        List<Schema> others = types.stream()
                .filter(type -> type.getType() != Schema.Type.NULL)
                .toList();
        boolean optional = others.size() < types.size();
        List<ValueReader> readers = new ArrayList<>();
        if (others.size() == 1) {
            Decoding only = of(others.get(0), optional, fieldDefault);
            types.forEach(type -> readers.add(type.getType() == Schema.Type.NULL ? nothing() : only.reader()));
            return new Decoding(only.schema(), in -> readers.get(in.readIndex()).read(in));
        }
        return choice(types, optional, readers);
    }

    /** A union of several types is a struct with an optional field for each. */
    private Decoding choice(List<Schema> types, boolean optional, List<ValueReader> readers) {
        SchemaBuilder builder = SchemaBuilder.struct().name(UNION);
        List<String> names = new ArrayList<>();
        for (Schema type : types) {
            if (type.getType() == Schema.Type.NULL) {
                readers.add(nothing());
                names.add("");
            } else {
                Decoding branch = of(type, true, null);
                builder.field(type.getFullName(), branch.schema());
                readers.add(branch.reader());
                names.add(type.getFullName());
            }
        }
        org.apache.kafka.connect.data.Schema connect =
                optional ? builder.optional().build() : builder.build();
        return new Decoding(connect, in -> {
            int index = in.readIndex();
            Object value = readers.get(index).read(in);
            return value == null
                    ? null
                    : new org.apache.kafka.connect.data.Struct(connect).put(names.get(index), value);
        });
    }

    private Decoding array(Schema avro, boolean optional, @Nullable Object fieldDefault) {
        Decoding element = of(avro.getElementType(), false, null);
        org.apache.kafka.connect.data.Schema plain = Attributes.NONE.array(element.schema());
        return new Decoding(
                attributes(avro, plain, optional, fieldDefault).array(element.schema()),
                new ArrayReader(element.reader()));
    }

    private Decoding map(Schema avro, boolean optional, @Nullable Object fieldDefault) {
        Decoding value = of(avro.getValueType(), false, null);
        org.apache.kafka.connect.data.Schema key = org.apache.kafka.connect.data.Schema.STRING_SCHEMA;
        org.apache.kafka.connect.data.Schema plain = Attributes.NONE.map(key, value.schema());
        return new Decoding(
                attributes(avro, plain, optional, fieldDefault).map(key, value.schema()),
                new MapReader(value.reader()));
    }

    private Decoding entries(Schema avro, boolean optional) {
        Schema entry = avro.getElementType();
        Decoding key = of(entry.getField(MapForm.KEY).schema(), false, null);
        Decoding value = of(entry.getField(MapForm.VALUE).schema(), false, null);
        org.apache.kafka.connect.data.Schema plain = Attributes.NONE.map(key.schema(), value.schema());
        return new Decoding(
                attributes(avro, plain, optional, null).map(key.schema(), value.schema()),
                new EntriesReader(key.reader(), value.reader()));
    }

    private Decoding record(Schema avro, boolean optional) {
        Named named = new Named(avro.getFullName(), optional);
        Decoding met = known.get(named);
        if (met != null) {
            return met;
        }
        if (!open.add(avro.getFullName())) {
            throw new DataException("The Avro record " + avro.getFullName()
                    + " contains itself; Kafka Connect has no recursive schemas");
        }
        List<Field> fields = new ArrayList<>();
        List<ValueReader> readers = new ArrayList<>();
        for (Schema.Field field : avro.getFields()) {
            Decoding decoding = of(field.schema(), false, fieldDefault(field));
            fields.add(new Field(Properties.fieldName(field), fields.size(), decoding.schema()));
            readers.add(decoding.reader());
        }
        open.remove(avro.getFullName());
        org.apache.kafka.connect.data.Schema plain = Attributes.NONE.struct(fields);
        Attributes attributes = attributes(avro, plain, optional, null);
        if (attributes.name() == null && !avro.getFullName().startsWith(AvroNames.NAMESPACE + ".Struct")) {
            attributes = attributes.withName(avro.getFullName());
        }
        org.apache.kafka.connect.data.Schema connect = attributes.struct(fields);
        Decoding decoding = new Decoding(connect, new StructReader(connect, readers));
        known.put(named, decoding);
        return decoding;
    }

    private static @Nullable Object fieldDefault(Schema.Field field) {
        Object value = field.hasDefaultValue() ? field.defaultVal() : null;
        return value == JsonProperties.NULL_VALUE ? null : value;
    }

    /** A default of ours stands at the type; that of a foreign schema stands at the field only. */
    private static Attributes attributes(
            Schema avro, org.apache.kafka.connect.data.Schema plain, boolean optional, @Nullable Object fieldDefault) {
        Attributes attributes = Properties.read(avro).withOptional(optional);
        if (attributes.name() == null && plain.name() != null) {
            attributes =
                    new Attributes(plain.name(), plain.version(), attributes.doc(), plain.parameters(), null, optional);
        }
        org.apache.kafka.connect.data.Schema typed = attributes.like(plain);
        Object json = avro.getObjectProp(Properties.DEFAULT);
        Object value = json != null ? Defaults.fromJson(typed, json) : null;
        if (value == null && fieldDefault != null) {
            value = Defaults.fromJson(typed, fieldDefault);
        }
        return value == null ? attributes : attributes.withDefault(value);
    }

    private static ValueReader nothing() {
        return in -> {
            in.readNull();
            return null;
        };
    }

    private record Named(String fullName, boolean optional) {}
}
