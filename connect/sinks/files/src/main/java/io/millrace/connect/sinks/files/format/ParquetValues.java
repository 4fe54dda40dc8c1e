package io.millrace.connect.sinks.files.format;

import io.millrace.connect.sinks.row.ColumnType;
import io.millrace.connect.sinks.row.ColumnType.Plain;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Values as Parquet stores them. A row is made of them before any of it is written, since Parquet cannot take back half a
 * row.
 */
final class ParquetValues {
    private ParquetValues() {}

    static @Nullable Object[] row(List<Part> parts, @Nullable Object[] row) throws UnfitException {
        @Nullable Object[] stored = new Object[row.length];
        for (int i = 0; i < row.length; i++) {
            Object value = row[i];
            if (value != null) {
                stored[i] = parts.get(i).content() instanceof Part.Row inner
                        ? row(inner.parts(), (Object[]) value)
                        : value(((Part.Value) parts.get(i).content()).type(), value);
            }
        }
        return stored;
    }

    private static Object value(ColumnType type, Object value) throws UnfitException {
        if (type instanceof ColumnType.Decimal decimal) {
            return decimal(decimal, Numbers.unscaled(decimal, value));
        }
        if (type instanceof ColumnType.Array array) {
            List<@Nullable Object> elements = new ArrayList<>();
            for (Object element : (List<?>) value) {
                elements.add(element == null ? null : value(array.element(), element));
            }
            return elements;
        }
        return type instanceof Plain plain ? plain(plain, value) : Binary.fromString(Numbers.text(value));
    }

    private static Object decimal(ColumnType.Decimal type, BigInteger unscaled) {
        int bytes = ParquetTypes.bytes(type);
        if (bytes == Integer.BYTES) {
            return unscaled.intValueExact();
        }
        if (bytes == Long.BYTES) {
            return unscaled.longValueExact();
        }
        byte[] shortest = unscaled.toByteArray();
        byte[] fixed = new byte[bytes];
        if (unscaled.signum() < 0) {
            Arrays.fill(fixed, (byte) -1);
        }
        System.arraycopy(shortest, 0, fixed, bytes - shortest.length, shortest.length);
        return Binary.fromConstantByteArray(fixed);
    }

    private static Object plain(Plain type, Object value) throws UnfitException {
        return switch (type) {
            case BOOLEAN, INT32, INT64, FLOAT32, FLOAT64 -> value;
            case INT16 -> ((Short) value).intValue();
            case BYTES -> Binary.fromConstantByteArray((byte[]) value);
            case DATE -> Numbers.day(value);
            case TIME -> Numbers.time(value);
            case TIMESTAMP, TIMESTAMP_ZONED -> Numbers.moment(value);
            case NUMBER, TEXT, TIME_ZONED, UUID, JSON, JSON_BINARY, XML, INTERVAL ->
                Binary.fromString(Numbers.text(value));
        };
    }

    /** Hands on the fields of a row that is made of stored values. */
    static void write(RecordConsumer consumer, List<Part> parts, @Nullable Object[] stored) {
        for (int i = 0; i < stored.length; i++) {
            Object value = stored[i];
            if (value != null) {
                consumer.startField(parts.get(i).name(), i);
                if (parts.get(i).content() instanceof Part.Row inner) {
                    consumer.startGroup();
                    write(consumer, inner.parts(), (Object[]) value);
                    consumer.endGroup();
                } else {
                    write(consumer, value);
                }
                consumer.endField(parts.get(i).name(), i);
            }
        }
    }

    private static void write(RecordConsumer consumer, Object value) {
        if (value instanceof Boolean flag) {
            consumer.addBoolean(flag);
        } else if (value instanceof Integer number) {
            consumer.addInteger(number);
        } else if (value instanceof Long number) {
            consumer.addLong(number);
        } else if (value instanceof Float number) {
            consumer.addFloat(number);
        } else if (value instanceof Double number) {
            consumer.addDouble(number);
        } else if (value instanceof Binary bytes) {
            consumer.addBinary(bytes);
        } else {
            list(consumer, (List<?>) value);
        }
    }

    private static void list(RecordConsumer consumer, List<?> elements) {
        consumer.startGroup();
        if (!elements.isEmpty()) {
            consumer.startField(ParquetTypes.LIST, 0);
            for (Object element : elements) {
                consumer.startGroup();
                if (element != null) {
                    consumer.startField(ParquetTypes.ELEMENT, 0);
                    write(consumer, element);
                    consumer.endField(ParquetTypes.ELEMENT, 0);
                }
                consumer.endGroup();
            }
            consumer.endField(ParquetTypes.LIST, 0);
        }
        consumer.endGroup();
    }
}
