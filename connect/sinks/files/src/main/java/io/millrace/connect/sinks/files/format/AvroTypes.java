package io.millrace.connect.sinks.files.format;

import io.millrace.connect.sinks.row.ColumnType;
import io.millrace.connect.sinks.row.ColumnType.Plain;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** What parts are in Avro. A name that Avro does not allow is mended, and stands whole in the property {@value #NAME}. */
final class AvroTypes {
    /** Property of a field: the name as the source has it. */
    static final String NAME = "millrace.name";

    private AvroTypes() {}

    /** Returns a record of parts. */
    static Schema record(String name, List<Part> parts) {
        List<Schema.Field> fields = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (Part part : parts) {
            String allowed = allowed(part.name(), taken);
            Schema type = part.content() instanceof Part.Row row
                    ? record(name + "_" + allowed, row.parts())
                    : value(((Part.Value) part.content()).type());
            Schema.Field field = new Schema.Field(allowed, optional(type), null, JsonProperties.NULL_VALUE);
            if (!allowed.equals(part.name())) {
                field.addProp(NAME, part.name());
            }
            fields.add(field);
        }
        return Schema.createRecord(name, null, "io.millrace", false, fields);
    }

    private static String allowed(String name, Set<String> taken) {
        String mended = name.replaceAll("[^A-Za-z0-9_]", "_");
        String allowed = mended.isEmpty() || Character.isDigit(mended.charAt(0)) ? "_" + mended : mended;
        String free = allowed;
        for (int i = 2; !taken.add(free); i++) {
            free = allowed + "_" + i;
        }
        return free;
    }

    private static Schema optional(Schema type) {
        return Schema.createUnion(Schema.create(Schema.Type.NULL), type);
    }

    private static Schema value(ColumnType type) {
        if (type instanceof ColumnType.Decimal decimal) {
            return logical(LogicalTypes.decimal(decimal.precision(), decimal.scale()), Schema.Type.BYTES);
        }
        if (type instanceof ColumnType.Array array) {
            return Schema.createArray(optional(value(array.element())));
        }
        return type instanceof Plain plain ? plain(plain) : Schema.create(Schema.Type.STRING);
    }

    private static Schema plain(Plain type) {
        return switch (type) {
            case BOOLEAN -> Schema.create(Schema.Type.BOOLEAN);
            case INT16, INT32 -> Schema.create(Schema.Type.INT);
            case INT64 -> Schema.create(Schema.Type.LONG);
            case FLOAT32 -> Schema.create(Schema.Type.FLOAT);
            case FLOAT64 -> Schema.create(Schema.Type.DOUBLE);
            case BYTES -> Schema.create(Schema.Type.BYTES);
            case DATE -> logical(LogicalTypes.date(), Schema.Type.INT);
            case TIME -> logical(LogicalTypes.timeMicros(), Schema.Type.LONG);
            case TIMESTAMP -> logical(LogicalTypes.localTimestampMicros(), Schema.Type.LONG);
            case TIMESTAMP_ZONED -> logical(LogicalTypes.timestampMicros(), Schema.Type.LONG);
            case UUID -> logical(LogicalTypes.uuid(), Schema.Type.STRING);
            case NUMBER, TEXT, TIME_ZONED, JSON, JSON_BINARY, XML, INTERVAL -> Schema.create(Schema.Type.STRING);
        };
    }

    private static Schema logical(LogicalType logical, Schema.Type type) {
        return logical.addToSchema(Schema.create(type));
    }
}
