package io.millrace.connect.transforms.flat;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;

/** Columns of JSON: text with the name that Debezium gives it. */
final class JsonColumn {
    private static final String NAME = "io.debezium.data.Json";
    private static final String GEOMETRIES = "io.debezium.data.geometry.";

    /** Parameter of the schema that says how JSON is to be stored. */
    private static final String STORED = "millrace.json";

    private JsonColumn() {}

    /** Returns the schema of JSON. */
    static Schema type(boolean binary, boolean optional) {
        SchemaBuilder builder = SchemaBuilder.string().name(NAME).version(1);
        if (binary) {
            builder.parameter(STORED, "binary");
        }
        return (optional ? builder.optional() : builder).build();
    }

    static boolean isJson(Schema column) {
        return column.type() == Schema.Type.STRING && NAME.equals(column.name());
    }

    /** Returns whether values have parts. Numbers that bring their scale are numbers. */
    static boolean hasParts(Schema column) {
        return switch (column.type()) {
            case STRUCT -> !NumberReader.isVariableScale(column);
            case ARRAY, MAP -> true;
            default -> false;
        };
    }

    /** Returns whether a database sees values as having parts. It has types of their own for places and areas. */
    static boolean isComplex(Schema column) {
        return hasParts(column) && !String.valueOf(column.name()).startsWith(GEOMETRIES);
    }
}
