package io.millrace.connect.converters.avro;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Encodings of the types that hold no others. */
final class Scalars {
    /** Debezium's name of the parameter that says how many digits a decimal column has. */
    static final String PRECISION = "connect.decimal.precision";

    /** Digits announced for a decimal column that does not say. */
    static final int UNKNOWN_PRECISION = 64;

    private Scalars() {}

    static Encoding encoding(org.apache.kafka.connect.data.Schema connect) {
        Schema avro = Schema.create(
                switch (connect.type()) {
                    case INT8, INT16, INT32 -> Schema.Type.INT;
                    case INT64 -> Schema.Type.LONG;
                    case FLOAT32 -> Schema.Type.FLOAT;
                    case FLOAT64 -> Schema.Type.DOUBLE;
                    case BOOLEAN -> Schema.Type.BOOLEAN;
                    case STRING -> Schema.Type.STRING;
                    case BYTES -> Schema.Type.BYTES;
                    default -> throw new DataException("Schema type " + connect.type() + " has no Avro form");
                });
        if (connect.type() == org.apache.kafka.connect.data.Schema.Type.INT8) {
            avro.addProp(Properties.TYPE, "int8");
        } else if (connect.type() == org.apache.kafka.connect.data.Schema.Type.INT16) {
            avro.addProp(Properties.TYPE, "int16");
        }
        Properties.write(connect, avro);
        Optional<Logical> logical = Logical.of(connect);
        logical.ifPresent(type -> addLogicalType(type, connect, avro));
        return new Encoding(
                avro,
                nonNull(
                        connect,
                        logical.map(type -> logicalWriter(type, connect))
                                .orElseGet(() -> plainWriter(connect.type()))));
    }

    private static void addLogicalType(Logical type, org.apache.kafka.connect.data.Schema connect, Schema avro) {
        switch (type) {
            case DATE -> LogicalTypes.date().addToSchema(avro);
            case TIME -> LogicalTypes.timeMillis().addToSchema(avro);
            case TIMESTAMP -> LogicalTypes.timestampMillis().addToSchema(avro);
            case DECIMAL -> addDecimal(connect, avro);
        }
    }

    /** Avro knows no decimal of negative scale, nor one with more digits behind the point than digits. */
    private static void addDecimal(org.apache.kafka.connect.data.Schema connect, Schema avro) {
        Map<String, String> parameters = connect.parameters() == null ? Map.of() : connect.parameters();
        Optional<Integer> scale = number(parameters.get(Decimal.SCALE_FIELD)).filter(digits -> digits >= 0);
        scale.ifPresent(digits -> {
            int precision = number(parameters.get(PRECISION)).orElse(Math.max(UNKNOWN_PRECISION, digits));
            if (precision >= Math.max(digits, 1)) {
                LogicalTypes.decimal(precision, digits).addToSchema(avro);
            }
        });
    }

    private static Optional<Integer> number(@Nullable String text) {
        return Optional.ofNullable(text)
                .filter(digits -> digits.matches("-?\\d{1,9}"))
                .map(Integer::valueOf);
    }

    private static ValueWriter logicalWriter(Logical type, org.apache.kafka.connect.data.Schema connect) {
        return switch (type) {
            case DECIMAL -> decimalWriter(connect);
            case DATE, TIME -> (value, out) -> out.writeInt((Integer) type.toRaw(connect, value));
            case TIMESTAMP -> (value, out) -> out.writeLong((Long) type.toRaw(connect, value));
        };
    }

    /** The scale is read from the schema once, not with each value. */
    private static ValueWriter decimalWriter(org.apache.kafka.connect.data.Schema connect) {
        Map<String, String> parameters = connect.parameters() == null ? Map.of() : connect.parameters();
        int scale = number(parameters.get(Decimal.SCALE_FIELD))
                .orElseThrow(() -> new DataException("A decimal schema lacks its scale: " + parameters));
        return (value, out) -> {
            BigDecimal decimal = (BigDecimal) value;
            if (decimal.scale() != scale) {
                throw new DataException("A decimal has the scale " + decimal.scale() + ", its schema says " + scale);
            }
            out.writeBytes(decimal.unscaledValue().toByteArray());
        };
    }

    private static ValueWriter plainWriter(org.apache.kafka.connect.data.Schema.Type type) {
        return switch (type) {
            case INT8 -> (value, out) -> out.writeInt((Byte) value);
            case INT16 -> (value, out) -> out.writeInt((Short) value);
            case INT32 -> (value, out) -> out.writeInt((Integer) value);
            case INT64 -> (value, out) -> out.writeLong((Long) value);
            case FLOAT32 -> (value, out) -> out.writeFloat((Float) value);
            case FLOAT64 -> (value, out) -> out.writeDouble((Double) value);
            case BOOLEAN -> (value, out) -> out.writeBoolean((Boolean) value);
            case STRING -> (value, out) -> out.writeString((String) value);
            case BYTES ->
                (value, out) -> {
                    if (value instanceof ByteBuffer buffer) {
                        out.writeBytes(buffer.duplicate());
                    } else {
                        out.writeBytes((byte[]) value);
                    }
                };
            default -> throw new DataException("Schema type " + type + " holds other types");
        };
    }

    private static ValueWriter nonNull(org.apache.kafka.connect.data.Schema connect, ValueWriter writer) {
        return (value, out) -> {
            if (value == null) {
                throw new DataException("null where the schema requires a value of type " + connect.type());
            }
            writer.write(value, out);
        };
    }
}
