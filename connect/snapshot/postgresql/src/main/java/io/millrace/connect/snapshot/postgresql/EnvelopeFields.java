package io.millrace.connect.snapshot.postgresql;

import io.debezium.data.Envelope;
import io.millrace.control.TableName;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** Where an envelope of one schema has what the windows ask for. Thread-safe. */
final class EnvelopeFields {
    private final Field operation;
    private final Field source;
    private final Optional<Field> after;
    private final List<Field> largeColumns;
    private final Field schemaName;
    private final Field tableName;
    private final Field transaction;

    /** The table of the last record; nearly always that of the next one too. */
    private volatile Optional<TableName> table = Optional.empty();

    private EnvelopeFields(Schema envelope, Field operation, Field source) {
        this.operation = operation;
        this.source = source;
        this.after = Optional.ofNullable(envelope.field(Envelope.FieldName.AFTER));
        this.largeColumns = after.stream()
                .flatMap(field -> field.schema().fields().stream())
                .filter(field -> UnavailableValues.isPossible(field.schema()))
                .toList();
        this.schemaName = source.schema().field("schema");
        this.tableName = source.schema().field("table");
        this.transaction = source.schema().field("txId");
    }

    /** Returns the fields of a schema; empty when it is none of an envelope. */
    static Optional<EnvelopeFields> of(Schema schema) {
        Field operation = schema.field(Envelope.FieldName.OPERATION);
        Field source = schema.field(Envelope.FieldName.SOURCE);
        return operation == null || source == null
                ? Optional.empty()
                : Optional.of(new EnvelopeFields(schema, operation, source));
    }

    String operation(Struct envelope) {
        return (String) envelope.get(operation);
    }

    TableName table(Struct envelope) {
        Struct from = (Struct) envelope.get(source);
        String schema = (String) from.get(schemaName);
        String name = (String) from.get(tableName);
        Optional<TableName> last = table;
        if (last.isPresent()
                && last.get().table().equals(name)
                && last.get().schema().equals(schema)) {
            return last.get();
        }
        TableName present = new TableName(schema, name);
        table = Optional.of(present);
        return present;
    }

    OptionalLong transaction(Struct envelope) {
        Long number = (Long) ((Struct) envelope.get(source)).get(transaction);
        return Objects.isNull(number) ? OptionalLong.empty() : OptionalLong.of(number);
    }

    /** Returns whether no column of the new row has a placeholder. */
    boolean isWhole(Struct envelope, UnavailableValues unavailable) {
        if (largeColumns.isEmpty()) {
            return true;
        }
        Struct row = (Struct) envelope.get(after.orElseThrow());
        for (int i = 0; i < largeColumns.size(); i++) {
            if (unavailable.contains(row.get(largeColumns.get(i)))) {
                return false;
            }
        }
        return true;
    }
}
