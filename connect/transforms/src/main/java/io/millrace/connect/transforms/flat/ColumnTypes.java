package io.millrace.connect.transforms.flat;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;

/** Types of columns that differ from others in whether they allow a null. */
final class ColumnTypes {
    private ColumnTypes() {}

    static Schema optional(Schema column) {
        return column.isOptional() ? column : outline(column).optional().build();
    }

    static Schema required(Schema column) {
        return column.isOptional() ? outline(column).build() : column;
    }

    private static SchemaBuilder outline(Schema column) {
        SchemaBuilder builder =
                ofType(column).name(column.name()).version(column.version()).doc(column.doc());
        if (column.parameters() != null) {
            builder.parameters(column.parameters());
        }
        if (column.defaultValue() != null) {
            builder.defaultValue(column.defaultValue());
        }
        return builder;
    }

    private static SchemaBuilder ofType(Schema column) {
        return switch (column.type()) {
            case ARRAY -> SchemaBuilder.array(column.valueSchema());
            case MAP -> SchemaBuilder.map(column.keySchema(), column.valueSchema());
            case STRUCT -> struct(column);
            default -> SchemaBuilder.type(column.type());
        };
    }

    private static SchemaBuilder struct(Schema column) {
        SchemaBuilder builder = SchemaBuilder.struct();
        column.fields().forEach(field -> builder.field(field.name(), field.schema()));
        return builder;
    }
}
