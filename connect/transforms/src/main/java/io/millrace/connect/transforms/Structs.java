package io.millrace.connect.transforms;

import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/** Copies of structs and of their schemas. */
final class Structs {
    private Structs() {}

    /** Returns a builder that has everything of a struct's schema but its fields. */
    static SchemaBuilder outline(Schema struct) {
        SchemaBuilder builder = SchemaBuilder.struct()
                .name(struct.name())
                .version(struct.version())
                .doc(struct.doc());
        if (struct.parameters() != null) {
            builder.parameters(struct.parameters());
        }
        return struct.isOptional() ? builder.optional() : builder;
    }

    /** Returns a builder that has everything of a struct's schema, for more fields to follow. */
    static SchemaBuilder outlineWithFields(Schema struct) {
        SchemaBuilder builder = outline(struct);
        struct.fields().forEach(field -> builder.field(field.name(), field.schema()));
        return builder;
    }

    /** Returns the same values under a schema that has at least the same fields. A null stays null. */
    static Struct copy(Struct struct, Schema schema) {
        Struct copy = new Struct(schema);
        for (Field field : struct.schema().fields()) {
            copy.put(field.name(), struct.getWithoutDefault(field.name()));
        }
        return copy;
    }
}
