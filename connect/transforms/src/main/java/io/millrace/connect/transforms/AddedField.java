package io.millrace.connect.transforms;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A field at the end of structs. A struct that has a field of that name keeps its own. */
public final class AddedField {
    private static final Logger LOG = LoggerFactory.getLogger(AddedField.class);

    private final String name;
    private final Schema type;
    private final Derived<Schema, Schema> extended = new Derived<>();

    public AddedField(String name, Schema type) {
        this.name = name;
        this.type = type;
    }

    /** Returns the schema with the field. */
    public Schema extend(Schema struct) {
        return extended.of(struct, present -> {
            if (present.field(name) != null) {
                LOG.warn(
                        "{} has a field '{}' of its own, which stays as it is; give the added field another name",
                        present.name(),
                        name);
                return present;
            }
            return Structs.outlineWithFields(present).field(name, type).build();
        });
    }

    /** Returns the struct with a value in the field. */
    public Struct extend(Struct struct, @Nullable Object value) {
        Schema wanted = extend(struct.schema());
        return wanted == struct.schema() ? struct : Structs.copy(struct, wanted).put(name, value);
    }
}
