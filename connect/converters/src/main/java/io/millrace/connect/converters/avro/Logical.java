package io.millrace.connect.converters.avro;

import java.util.Optional;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;

/** Connect's own logical types: those whose values are Java objects of another class than the type's. */
public enum Logical {
    DECIMAL(Decimal.LOGICAL_NAME, Schema.Type.BYTES) {
        @Override
        public Object toRaw(Schema schema, Object value) {
            return Decimal.fromLogical(schema, (java.math.BigDecimal) value);
        }

        @Override
        public Object fromRaw(Schema schema, Object raw) {
            return Decimal.toLogical(schema, (byte[]) raw);
        }
    },
    DATE(Date.LOGICAL_NAME, Schema.Type.INT32) {
        @Override
        public Object toRaw(Schema schema, Object value) {
            return Date.fromLogical(schema, (java.util.Date) value);
        }

        @Override
        public Object fromRaw(Schema schema, Object raw) {
            return Date.toLogical(schema, (Integer) raw);
        }
    },
    TIME(Time.LOGICAL_NAME, Schema.Type.INT32) {
        @Override
        public Object toRaw(Schema schema, Object value) {
            return Time.fromLogical(schema, (java.util.Date) value);
        }

        @Override
        public Object fromRaw(Schema schema, Object raw) {
            return Time.toLogical(schema, (Integer) raw);
        }
    },
    TIMESTAMP(Timestamp.LOGICAL_NAME, Schema.Type.INT64) {
        @Override
        public Object toRaw(Schema schema, Object value) {
            return Timestamp.fromLogical(schema, (java.util.Date) value);
        }

        @Override
        public Object fromRaw(Schema schema, Object raw) {
            return Timestamp.toLogical(schema, (Long) raw);
        }
    };

    private final String name;
    private final Schema.Type type;

    Logical(String name, Schema.Type type) {
        this.name = name;
        this.type = type;
    }

    /** Returns the logical type of a schema, empty for plain types and for semantic types such as Debezium's. */
    public static Optional<Logical> of(Schema schema) {
        for (Logical logical : values()) {
            if (logical.type == schema.type() && logical.name.equals(schema.name())) {
                return Optional.of(logical);
            }
        }
        return Optional.empty();
    }

    /** Returns the value as the plain type has it: Integer, Long or byte[]. */
    public abstract Object toRaw(Schema schema, Object value);

    /** The reverse of {@link #toRaw}. */
    public abstract Object fromRaw(Schema schema, Object raw);
}
