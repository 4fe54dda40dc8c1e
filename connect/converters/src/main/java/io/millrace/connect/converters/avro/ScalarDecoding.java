package io.millrace.connect.converters.avro;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;

/**
 * The Connect side of an Avro type that holds no others.
 *
 * @param plain what the Avro type alone says, with its logical type where Connect has the same one
 * @param raw reads the value without regard to its logical type
 */
record ScalarDecoding(org.apache.kafka.connect.data.Schema plain, ValueReader raw) {
    static ScalarDecoding of(Schema avro) {
        return switch (avro.getType()) {
            case INT -> ofInt(avro);
            case LONG -> new ScalarDecoding(longSchema(avro), in -> in.readLong());
            case FLOAT -> new ScalarDecoding(org.apache.kafka.connect.data.Schema.FLOAT32_SCHEMA, in -> in.readFloat());
            case DOUBLE ->
                new ScalarDecoding(org.apache.kafka.connect.data.Schema.FLOAT64_SCHEMA, in -> in.readDouble());
            case BOOLEAN ->
                new ScalarDecoding(org.apache.kafka.connect.data.Schema.BOOLEAN_SCHEMA, in -> in.readBoolean());
            case STRING ->
                new ScalarDecoding(org.apache.kafka.connect.data.Schema.STRING_SCHEMA, in -> in.readString());
            case BYTES -> new ScalarDecoding(bytesSchema(avro), in -> Defaults.bytes(in.readBytes(null)));
            case FIXED -> fixed(avro);
            case ENUM -> enumeration(avro);
            case NULL ->
                new ScalarDecoding(org.apache.kafka.connect.data.Schema.OPTIONAL_STRING_SCHEMA, in -> {
                    in.readNull();
                    return null;
                });
            default -> throw new DataException("Avro type " + avro.getType() + " holds other types");
        };
    }

    /** Returns the decoding of this type with what else the schema says about it. */
    Decoding with(Attributes attributes) {
        org.apache.kafka.connect.data.Schema schema = attributes.scalar(plain.type());
        return new Decoding(
                schema,
                Logical.of(schema)
                        .<ValueReader>map(logical -> in -> logical.fromRaw(schema, raw.read(in)))
                        .orElse(raw));
    }

    private static ScalarDecoding ofInt(Schema avro) {
        if (Properties.hasType(avro, "int8")) {
            return new ScalarDecoding(org.apache.kafka.connect.data.Schema.INT8_SCHEMA, in -> (byte) in.readInt());
        }
        if (Properties.hasType(avro, "int16")) {
            return new ScalarDecoding(org.apache.kafka.connect.data.Schema.INT16_SCHEMA, in -> (short) in.readInt());
        }
        LogicalType logical = avro.getLogicalType();
        if (logical instanceof LogicalTypes.Date) {
            return new ScalarDecoding(Date.SCHEMA, in -> in.readInt());
        }
        if (logical instanceof LogicalTypes.TimeMillis) {
            return new ScalarDecoding(Time.SCHEMA, in -> in.readInt());
        }
        return new ScalarDecoding(org.apache.kafka.connect.data.Schema.INT32_SCHEMA, in -> in.readInt());
    }

    private static org.apache.kafka.connect.data.Schema longSchema(Schema avro) {
        return avro.getLogicalType() instanceof LogicalTypes.TimestampMillis
                ? Timestamp.SCHEMA
                : org.apache.kafka.connect.data.Schema.INT64_SCHEMA;
    }

    private static org.apache.kafka.connect.data.Schema bytesSchema(Schema avro) {
        return avro.getLogicalType() instanceof LogicalTypes.Decimal decimal
                ? Decimal.builder(decimal.getScale())
                        .parameter(Scalars.PRECISION, Integer.toString(decimal.getPrecision()))
                        .build()
                : org.apache.kafka.connect.data.Schema.BYTES_SCHEMA;
    }

    private static ScalarDecoding fixed(Schema avro) {
        int size = avro.getFixedSize();
        org.apache.kafka.connect.data.Schema logical = bytesSchema(avro);
        org.apache.kafka.connect.data.Schema plain = logical.name() == null
                ? SchemaBuilder.bytes().name(avro.getFullName()).build()
                : logical;
        return new ScalarDecoding(plain, in -> {
            byte[] bytes = new byte[size];
            in.readFixed(bytes);
            return Defaults.bytes(ByteBuffer.wrap(bytes));
        });
    }

    private static ScalarDecoding enumeration(Schema avro) {
        List<String> symbols = avro.getEnumSymbols();
        org.apache.kafka.connect.data.Schema plain =
                SchemaBuilder.string().name(avro.getFullName()).build();
        return new ScalarDecoding(plain, in -> symbols.get(in.readEnum()));
    }
}
