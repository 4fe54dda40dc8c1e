package io.millrace.connect.snapshot.postgresql;

import io.debezium.connector.postgresql.PostgresType;
import io.debezium.data.Uuid;
import io.debezium.relational.TableSchema;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Oid;

/**
 * Keys of rows as the stream has them, so that the two can be compared. Numbers and texts are put together here, which is
 * most of what keys are made of; a key with anything else in it comes from Debezium. For one thread.
 */
final class KeyStructs {
    private final TableSchema schema;
    private final ColumnConversion[] conversions;
    private final int[] lineFields;
    private final Optional<Part[]> parts;
    private final @Nullable Object[] values;

    /** Makes one value of a key of a field that is not null. */
    @FunctionalInterface
    private interface Part {
        Object of(CopyLine line, int field);
    }

    /**
     * Makes keys for a table whose records have one.
     *
     * @param conversions of all columns of the table
     * @param lineFields where each field of the key is in a line
     * @param types of the fields of the key
     */
    KeyStructs(TableSchema schema, ColumnConversion[] conversions, int[] lineFields, List<PostgresType> types) {
        this.schema = schema;
        this.conversions = conversions.clone();
        this.lineFields = lineFields.clone();
        this.parts = parts(schema.keySchema().fields(), types);
        this.values = new Object[conversions.length];
    }

    private static Optional<Part[]> parts(List<Field> fields, List<PostgresType> types) {
        Part[] parts = new Part[fields.size()];
        for (int i = 0; i < parts.length; i++) {
            Optional<Part> part = part(types.get(i), fields.get(i).schema());
            if (part.isEmpty()) {
                return Optional.empty();
            }
            parts[i] = part.get();
        }
        return Optional.of(parts);
    }

    private static Optional<Part> part(PostgresType type, Schema schema) {
        boolean plain = schema.name() == null && !schema.isOptional();
        int oid = type.getOid();
        if (plain && oid == Oid.INT2 && schema.type() == Schema.Type.INT16) {
            return Optional.of((line, field) -> (short) whole(line, field));
        }
        if (plain && oid == Oid.INT4 && schema.type() == Schema.Type.INT32) {
            return Optional.of((line, field) -> (int) whole(line, field));
        }
        if (plain && oid == Oid.INT8 && schema.type() == Schema.Type.INT64) {
            return Optional.of(KeyStructs::whole);
        }
        boolean text = plain && (oid == Oid.TEXT || oid == Oid.VARCHAR) && schema.type() == Schema.Type.STRING;
        boolean uuid = oid == Oid.UUID && Uuid.LOGICAL_NAME.equals(schema.name()) && !schema.isOptional();
        return text || uuid ? Optional.of(CopyLine::text) : Optional.empty();
    }

    private static long whole(CopyLine line, int field) {
        return NumberText.whole(line.bytes(), line.start(field), line.length(field));
    }

    /** Returns the key of a row. */
    Struct of(CopyLine line) {
        return parts.isPresent() ? direct(line, parts.get()) : converted(line);
    }

    private Struct direct(CopyLine line, Part[] of) {
        Struct key = new Struct(schema.keySchema());
        List<Field> fields = schema.keySchema().fields();
        for (int i = 0; i < of.length; i++) {
            key.put(fields.get(i), of[i].of(line, lineFields[i]));
        }
        return key;
    }

    private Struct converted(CopyLine line) {
        for (int field : lineFields) {
            values[field] = conversions[field].decode(line.text(field));
        }
        return schema.keyFromColumnData(values);
    }
}
