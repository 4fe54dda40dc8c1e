package io.millrace.connect.snapshot.binlog;

import io.debezium.data.Envelope;
import io.millrace.control.TableName;
import java.util.Optional;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** Where an envelope of one schema has what the windows ask for. Thread-safe. */
final class EnvelopeFields {
    private final Field operation;
    private final Field source;
    private final Field databaseName;
    private final Field tableName;

    /** The table of the last record; nearly always that of the next one too. */
    private volatile Optional<TableName> table = Optional.empty();

    private EnvelopeFields(Field operation, Field source) {
        this.operation = operation;
        this.source = source;
        this.databaseName = source.schema().field("db");
        this.tableName = source.schema().field("table");
    }

    /** Returns the fields of a schema; empty when it is none of an envelope. */
    static Optional<EnvelopeFields> of(Schema schema) {
        Field operation = schema.field(Envelope.FieldName.OPERATION);
        Field source = schema.field(Envelope.FieldName.SOURCE);
        return operation == null || source == null
                ? Optional.empty()
                : Optional.of(new EnvelopeFields(operation, source));
    }

    String operation(Struct envelope) {
        return (String) envelope.get(operation);
    }

    Struct source(Struct envelope) {
        return (Struct) envelope.get(source);
    }

    TableName table(Struct envelope) {
        Struct from = source(envelope);
        String database = (String) from.get(databaseName);
        String name = (String) from.get(tableName);
        Optional<TableName> last = table;
        if (last.isPresent()
                && last.get().table().equals(name)
                && last.get().schema().equals(database)) {
            return last.get();
        }
        TableName present = new TableName(database, name);
        table = Optional.of(present);
        return present;
    }
}
