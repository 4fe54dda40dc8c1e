package io.millrace.connect.transforms;

import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Copies of structs and of their schemas. */
public final class Structs {
    private Structs() {}

    /** Returns a builder that has everything of a struct's schema but its fields. */
    public static SchemaBuilder outline(Schema struct) {
        SchemaBuilder builder = requiredOutline(struct);
        return struct.isOptional() ? builder.optional() : builder;
    }

    /** Returns a builder that has everything of a struct's schema but its fields, and allows no null. */
    public static SchemaBuilder requiredOutline(Schema struct) {
        SchemaBuilder builder = SchemaBuilder.struct()
                .name(struct.name())
                .version(struct.version())
                .doc(struct.doc());
        if (struct.parameters() != null) {
            builder.parameters(struct.parameters());
        }
        return builder;
    }

    /** Returns a builder that has everything of a struct's schema, for more fields to follow. */
    public static SchemaBuilder outlineWithFields(Schema struct) {
        SchemaBuilder builder = outline(struct);
        struct.fields().forEach(field -> builder.field(field.name(), field.schema()));
        return builder;
    }

    /** Returns the same values under a schema that has at least the same fields. A null stays null. */
    public static Struct copy(Struct struct, Schema schema) {
        Struct copy = new Struct(schema);
        for (Field field : struct.schema().fields()) {
            copy.put(counterpart(field, schema), value(struct, field));
        }
        return copy;
    }

    /** Returns the field of the same name, which is nearly always in the same place. */
    private static Field counterpart(Field field, Schema schema) {
        Field inPlace = schema.fields().get(field.index());
        return inPlace.name().equals(field.name()) ? inPlace : schema.field(field.name());
    }

    /** Returns the value of a field of the struct's own schema. A null stays null. */
    public static @Nullable Object value(Struct struct, Field field) {
        // By its place where that is enough: only the look-up by name can leave a default alone.
        return field.schema().defaultValue() == null ? struct.get(field) : struct.getWithoutDefault(field.name());
    }
}
