package io.millrace.connect.transforms;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A text field at the end of structs. A struct that has a field of that name keeps its own. */
final class AddedText {
    private static final Logger LOG = LoggerFactory.getLogger(AddedText.class);

    private final String name;
    private final Schema type;
    private final Derived<Schema, Schema> extended = new Derived<>();

    AddedText(String name, Schema type) {
        this.name = name;
        this.type = type;
    }

    Schema extend(Schema struct) {
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

    Struct extend(Struct struct, String text) {
        Schema wanted = extend(struct.schema());
        return wanted == struct.schema() ? struct : Structs.copy(struct, wanted).put(name, text);
    }
}
