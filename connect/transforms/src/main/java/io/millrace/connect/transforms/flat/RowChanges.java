package io.millrace.connect.transforms.flat;

import io.millrace.connect.transforms.Derived;
import io.millrace.connect.transforms.Records;
import io.millrace.connect.transforms.TableNames;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** What is done to the rows of every table, worked out once for each topic and schema. */
final class RowChanges {
    /** Says what is to be done to rows. */
    @FunctionalInterface
    interface Plan {
        RowChange of(TableNames table, Schema row);
    }

    private record Shape(String topic, Schema row) {}

    private final Plan plan;
    private final Derived<Shape, RowChange> changes = new Derived<>();

    RowChanges(Plan plan) {
        this.plan = plan;
    }

    /** Returns the record with its row changed; the same record when it has none, or none that is to be changed. */
    <R extends ConnectRecord<R>> R apply(R record) {
        return record.value() instanceof Struct row ? Records.withValue(record, change(record.topic(), row)) : record;
    }

    /** Returns the record with its key changed as a row is. */
    <R extends ConnectRecord<R>> R applyToKey(R record) {
        if (!(record.key() instanceof Struct key)) {
            return record;
        }
        Struct changed = change(record.topic(), key);
        return Records.withKey(record, changed, changed.schema());
    }

    private Struct change(String topic, Struct row) {
        return changes.of(new Shape(topic, row.schema()), shape -> plan.of(TableNames.of(shape.topic()), shape.row()))
                .apply(row);
    }
}
