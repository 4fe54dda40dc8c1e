package io.millrace.connect.converters.row;

import io.millrace.control.ControlTopics;
import java.util.OptionalInt;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;

/**
 * Schemas of bytes that are encoded already, by which a converter knows that it has to pass them through. Where the bytes do
 * not name the schema of what is in them, theirs does, so that the converter can name it beside them.
 */
public final class EncodedSchema {
    private static final String ID = "id";

    private EncodedSchema() {}

    /**
     * Returns the schema of encoded bytes.
     *
     * @param id of what is in them, in the registry; empty where nobody has to be told
     */
    public static Schema of(OptionalInt id) {
        SchemaBuilder schema = SchemaBuilder.bytes().name(ControlTopics.ENCODED_SCHEMA);
        id.ifPresent(known -> schema.parameter(ID, Integer.toString(known)));
        return schema.build();
    }

    /** Returns whether bytes of a schema are encoded already. */
    public static boolean is(Schema schema) {
        return ControlTopics.ENCODED_SCHEMA.equals(schema.name());
    }

    /** Returns the id that {@link #of} was given. */
    public static OptionalInt id(Schema encoded) {
        return encoded.parameters() == null || !encoded.parameters().containsKey(ID)
                ? OptionalInt.empty()
                : OptionalInt.of(Integer.parseInt(encoded.parameters().get(ID)));
    }
}
