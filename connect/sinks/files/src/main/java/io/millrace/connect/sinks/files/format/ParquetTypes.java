package io.millrace.connect.sinks.files.format;

import static org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit.MICROS;

import io.millrace.connect.sinks.row.ColumnType;
import io.millrace.connect.sinks.row.ColumnType.Plain;
import java.util.List;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** What parts are in Parquet. */
final class ParquetTypes {
    /** Name of the group around each element of a list. */
    static final String LIST = "list";

    /** Name of an element. */
    static final String ELEMENT = "element";

    private static final int MOST_DIGITS_OF_INT = 9;
    private static final int MOST_DIGITS_OF_LONG = 18;
    private static final double BITS_PER_DIGIT = Math.log(10) / Math.log(2);

    private ParquetTypes() {}

    /** Returns the type of rows. */
    static MessageType message(List<Part> parts) {
        return new MessageType("row", fields(parts));
    }

    private static List<Type> fields(List<Part> parts) {
        return parts.stream().map(ParquetTypes::field).toList();
    }

    private static Type field(Part part) {
        return part.content() instanceof Part.Row row
                ? new GroupType(Type.Repetition.OPTIONAL, part.name(), fields(row.parts()))
                : value(part.name(), ((Part.Value) part.content()).type());
    }

    private static Type value(String name, ColumnType type) {
        if (type instanceof ColumnType.Decimal decimal) {
            return decimal(name, decimal);
        }
        if (type instanceof ColumnType.Array array) {
            return Types.optionalGroup()
                    .addField(new GroupType(Type.Repetition.REPEATED, LIST, value(ELEMENT, array.element())))
                    .as(LogicalTypeAnnotation.listType())
                    .named(name);
        }
        return type instanceof Plain plain ? plain(name, plain) : text(name);
    }

    private static Type decimal(String name, ColumnType.Decimal type) {
        LogicalTypeAnnotation logical = LogicalTypeAnnotation.decimalType(type.scale(), type.precision());
        if (type.precision() <= MOST_DIGITS_OF_INT) {
            return logical(name, PrimitiveTypeName.INT32, logical);
        }
        return type.precision() <= MOST_DIGITS_OF_LONG
                ? logical(name, PrimitiveTypeName.INT64, logical)
                : Types.optional(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
                        .length(bytes(type))
                        .as(logical)
                        .named(name);
    }

    /** Returns whether the number is kept in 4, in 8 or in more bytes: how many. */
    static int bytes(ColumnType.Decimal type) {
        if (type.precision() <= MOST_DIGITS_OF_INT) {
            return Integer.BYTES;
        }
        return type.precision() <= MOST_DIGITS_OF_LONG
                ? Long.BYTES
                : (int) Math.ceil((type.precision() * BITS_PER_DIGIT + 1) / Byte.SIZE);
    }

    private static Type plain(String name, Plain type) {
        return switch (type) {
            case BOOLEAN -> Types.optional(PrimitiveTypeName.BOOLEAN).named(name);
            case INT16 -> logical(name, PrimitiveTypeName.INT32, LogicalTypeAnnotation.intType(Short.SIZE, true));
            case INT32 -> Types.optional(PrimitiveTypeName.INT32).named(name);
            case INT64 -> Types.optional(PrimitiveTypeName.INT64).named(name);
            case FLOAT32 -> Types.optional(PrimitiveTypeName.FLOAT).named(name);
            case FLOAT64 -> Types.optional(PrimitiveTypeName.DOUBLE).named(name);
            case BYTES -> Types.optional(PrimitiveTypeName.BINARY).named(name);
            case DATE -> logical(name, PrimitiveTypeName.INT32, LogicalTypeAnnotation.dateType());
            case TIME -> logical(name, PrimitiveTypeName.INT64, LogicalTypeAnnotation.timeType(false, MICROS));
            case TIMESTAMP ->
                logical(name, PrimitiveTypeName.INT64, LogicalTypeAnnotation.timestampType(false, MICROS));
            case TIMESTAMP_ZONED ->
                logical(name, PrimitiveTypeName.INT64, LogicalTypeAnnotation.timestampType(true, MICROS));
            case NUMBER, TEXT, TIME_ZONED, UUID, JSON, JSON_BINARY, XML, INTERVAL -> text(name);
        };
    }

    private static Type text(String name) {
        return logical(name, PrimitiveTypeName.BINARY, LogicalTypeAnnotation.stringType());
    }

    private static Type logical(String name, PrimitiveTypeName type, LogicalTypeAnnotation logical) {
        return Types.optional(type).as(logical).named(name);
    }
}
