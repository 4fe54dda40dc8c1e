package io.millrace.connect.converters.avro;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.avro.io.Encoder;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Writes the fields of a struct in order.
 *
 * <p>A null in an optional field stays null also where the column has a default: {@link Struct#get} would give the
 * default, and a row that says NULL must arrive as NULL.
 */
final class StructWriter implements ValueWriter {
    private final Schema schema;
    private final List<Member> members = new ArrayList<>();

    /** The last other schema object that was found to be the same; comparing schemas is slow. */
    private volatile Schema proven;

    StructWriter(Schema schema) {
        this.schema = schema;
        this.proven = schema;
    }

    /** Adds the next field; only before the first write. */
    void add(Field field, ValueWriter writer) {
        boolean keepsNull = field.schema().isOptional() && field.schema().defaultValue() != null;
        members.add(new Member(field, writer, keepsNull));
    }

    @Override
    public void write(@Nullable Object value, Encoder out) throws IOException {
        if (!(value instanceof Struct struct)) {
            throw new DataException("Not a struct of schema " + schema.name() + ": "
                    + (value == null ? "null" : value.getClass().getName()));
        }
        if (struct.schema() != schema && struct.schema() != proven) {
            prove(struct.schema());
        }
        for (int i = 0; i < members.size(); i++) {
            members.get(i).write(struct, out);
        }
    }

    /** Structs that differ in being optional only share one writer. */
    private void prove(Schema other) {
        boolean same = other.type() == schema.type()
                && Objects.equals(other.name(), schema.name())
                && other.fields().equals(schema.fields());
        if (!same) {
            throw new DataException("A struct of schema " + other.name() + " has not the fields that schema "
                    + schema.name() + " says");
        }
        proven = other;
    }

    /** Returns the schema of the structs. */
    Schema schema() {
        return schema;
    }

    /** Returns the fields in order, each with its writer. */
    List<Member> members() {
        return members;
    }

    /** One field of the struct. */
    record Member(Field field, ValueWriter writer, boolean keepsNull) {
        void write(Struct struct, Encoder out) throws IOException {
            try {
                Object value = struct.get(field);
                if (keepsNull && value == field.schema().defaultValue()) {
                    value = struct.getWithoutDefault(field.name());
                }
                writer.write(value, out);
            } catch (DataException | ClassCastException e) {
                throw new DataException("Field " + field.name() + ": " + e.getMessage(), e);
            }
        }
    }
}
