package io.millrace.connect.transforms;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/** Debezium's envelope: the row before and after a change, and what is said about the change. */
record Envelope(Struct value) {
    static final String BEFORE = "before";
    static final String AFTER = "after";
    static final String SOURCE = "source";
    static final String OPERATION = "op";
    static final String DELETION = "d";
    static final String TRUNCATION = "t";
    private static final List<String> ROWS = List.of(BEFORE, AFTER);

    /** Returns the envelope that a record's value is; nothing for a value of another kind. */
    static Optional<Envelope> of(ConnectRecord<?> record) {
        return record.value() instanceof Struct struct && isEnvelope(struct.schema())
                ? Optional.of(new Envelope(struct))
                : Optional.empty();
    }

    /** Returns whether values of a schema are envelopes of rows. */
    static boolean isEnvelope(Schema schema) {
        return isStruct(schema, BEFORE)
                && isStruct(schema, AFTER)
                && isStruct(schema, SOURCE)
                && schema.field(OPERATION) != null;
    }

    private static boolean isStruct(Schema schema, String name) {
        Field field = schema.field(name);
        return field != null && field.schema().type() == Schema.Type.STRUCT;
    }

    Schema schema() {
        return value.schema();
    }

    /** Returns the schema of the row after the change; that of the row before it has the same fields. */
    Schema rowSchema() {
        return schema().field(AFTER).schema();
    }

    boolean isDelete() {
        return DELETION.equals(value.getString(OPERATION));
    }

    /** Returns the row as it is now or, where it was deleted, as it was; nothing for a truncation. */
    Optional<Struct> row() {
        return Optional.ofNullable(value.getStruct(AFTER)).or(() -> Optional.ofNullable(value.getStruct(BEFORE)));
    }

    Struct source() {
        return value.getStruct(SOURCE);
    }

    /** Returns an envelope's schema with other schemas of rows. */
    static Schema schemaWithRows(Schema envelope, UnaryOperator<Schema> change) {
        SchemaBuilder builder = Structs.outline(envelope);
        for (Field field : envelope.fields()) {
            builder.field(field.name(), isRow(field) ? change.apply(field.schema()) : field.schema());
        }
        return builder.build();
    }

    /** Makes a row of another schema. */
    @FunctionalInterface
    interface RowChange {
        Struct apply(Struct row, Schema wanted);
    }

    /** Returns this envelope under another schema, with both rows changed as far as they are there. */
    Struct withRows(Schema envelope, RowChange change) {
        Struct changed = new Struct(envelope);
        for (Field field : envelope.fields()) {
            Object present = value.getWithoutDefault(field.name());
            changed.put(
                    field, isRow(field) && present instanceof Struct row ? change.apply(row, field.schema()) : present);
        }
        return changed;
    }

    private static boolean isRow(Field field) {
        return ROWS.contains(field.name());
    }
}
