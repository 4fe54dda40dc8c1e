package io.millrace.connect.snapshot.mariadb;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/** A schema as text, so that a difference between two is seen where it is. */
final class SchemaLines {
    private SchemaLines() {}

    /** Everything that a schema says, a line for each schema in it. */
    static List<String> of(Schema schema) {
        List<String> lines = new ArrayList<>();
        add("", schema, lines);
        return lines;
    }

    private static void add(String path, Schema schema, List<String> lines) {
        lines.add(path + " " + schema.type() + " " + schema.name() + " " + schema.version() + " optional="
                + schema.isOptional() + " default=" + text(schema.defaultValue()) + " " + schema.parameters() + " "
                + schema.doc());
        if (schema.type() == Schema.Type.STRUCT) {
            schema.fields().forEach(field -> add(path + "/" + field.name(), field.schema(), lines));
        } else if (schema.type() == Schema.Type.ARRAY) {
            add(path + "[]", schema.valueSchema(), lines);
        }
    }

    private static String text(@Nullable Object value) {
        return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : String.valueOf(value);
    }
}
