package io.millrace.connect.converters.avro;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.kafka.connect.data.ConnectSchema;
import org.apache.kafka.connect.data.Field;

/**
 * Compiles one Connect schema. It remembers the records it has made: an equal struct met again is the same Avro record,
 * another struct of the same name gets a name of its own ({@code Value_2}).
 */
final class EncodingPlan {
    private final List<Defined> defined = new ArrayList<>();

    /** Returns the encoding of the outermost schema, which is never a union. */
    Encoding root(org.apache.kafka.connect.data.Schema connect) {
        Encoding required = required(connect);
        if (connect.isOptional()) {
            required.schema().addProp(Properties.OPTIONAL, true);
        }
        return required;
    }

    private Encoding of(org.apache.kafka.connect.data.Schema connect) {
        Encoding required = required(connect);
        return connect.isOptional() ? optional(connect, required) : required;
    }

    private Encoding required(org.apache.kafka.connect.data.Schema connect) {
        return switch (connect.type()) {
            case STRUCT -> struct(connect);
            case ARRAY -> array(connect);
            case MAP -> MapForm.isAvroMap(connect) ? map(connect) : entries(connect);
            default -> Scalars.encoding(connect);
        };
    }

    /** Null comes first, unless the default is a value: Avro takes the default of a union from its first branch. */
    private static Encoding optional(org.apache.kafka.connect.data.Schema connect, Encoding required) {
        Schema nothing = Schema.create(Schema.Type.NULL);
        boolean valueFirst = connect.defaultValue() != null;
        Schema union = valueFirst
                ? Schema.createUnion(required.schema(), nothing)
                : Schema.createUnion(nothing, required.schema());
        int nullIndex = valueFirst ? 1 : 0;
        return new Encoding(union, new OptionalWriter(nullIndex, required.writer()));
    }

    private Encoding array(org.apache.kafka.connect.data.Schema connect) {
        Encoding element = of(connect.valueSchema());
        Schema avro = Schema.createArray(element.schema());
        Properties.write(connect, avro);
        return new Encoding(avro, new ArrayWriter(element.writer()));
    }

    private Encoding map(org.apache.kafka.connect.data.Schema connect) {
        Encoding value = of(connect.valueSchema());
        Schema avro = Schema.createMap(value.schema());
        Properties.write(connect, avro);
        return new Encoding(avro, new MapWriter(value.writer()));
    }

    private Encoding entries(org.apache.kafka.connect.data.Schema connect) {
        Encoding key = of(connect.keySchema());
        Encoding value = of(connect.valueSchema());
        Schema avro = Schema.createArray(of(MapForm.entry(connect)).schema());
        avro.addProp(Properties.TYPE, "map");
        Properties.write(connect, avro);
        return new Encoding(avro, new EntriesWriter(key.writer(), value.writer()));
    }

    private Encoding struct(org.apache.kafka.connect.data.Schema connect) {
        org.apache.kafka.connect.data.Schema plain = asRequired(connect);
        Optional<Encoding> met = defined.stream()
                .filter(one -> one.connect().equals(plain))
                .map(Defined::encoding)
                .findFirst();
        if (met.isPresent()) {
            return met.get();
        }
        Schema avro = Schema.createRecord(freeName(connect), connect.doc(), null, false);
        Properties.write(connect, avro);
        StructWriter writer = new StructWriter(connect);
        defined.add(new Defined(plain, new Encoding(avro, writer)));
        List<Schema.Field> fields = new ArrayList<>();
        for (Field field : connect.fields()) {
            Encoding encoding = of(field.schema());
            fields.add(field(field, encoding.schema()));
            writer.add(field, encoding.writer());
        }
        avro.setFields(fields);
        return new Encoding(avro, writer);
    }

    private static Schema.Field field(Field field, Schema avro) {
        String name = AvroNames.escape(field.name());
        org.apache.kafka.connect.data.Schema connect = field.schema();
        Schema.Field made;
        if (connect.defaultValue() != null) {
            made = Defaults.toAvro(connect, connect.defaultValue())
                    .map(value -> new Schema.Field(name, avro, connect.doc(), value))
                    .orElseGet(() -> new Schema.Field(name, avro, connect.doc()));
        } else if (connect.isOptional()) {
            made = new Schema.Field(name, avro, connect.doc(), Schema.Field.NULL_DEFAULT_VALUE);
        } else {
            made = new Schema.Field(name, avro, connect.doc());
        }
        if (!name.equals(field.name())) {
            made.addProp(Properties.FIELD_NAME, field.name());
        }
        return made;
    }

    private String freeName(org.apache.kafka.connect.data.Schema connect) {
        String wanted = AvroNames.escapeFullName(connect.name() == null ? "" : connect.name());
        String name = wanted;
        for (int i = 2; isTaken(name); i++) {
            name = wanted + "_" + i;
        }
        return name;
    }

    private boolean isTaken(String name) {
        return defined.stream()
                .anyMatch(one -> one.encoding().schema().getFullName().equals(name));
    }

    private static org.apache.kafka.connect.data.Schema asRequired(org.apache.kafka.connect.data.Schema struct) {
        return new ConnectSchema(
                org.apache.kafka.connect.data.Schema.Type.STRUCT,
                false,
                struct.defaultValue(),
                struct.name(),
                struct.version(),
                struct.doc(),
                struct.parameters(),
                struct.fields(),
                null,
                null);
    }

    private record Defined(org.apache.kafka.connect.data.Schema connect, Encoding encoding) {}
}
