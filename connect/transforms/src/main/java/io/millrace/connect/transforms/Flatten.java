package io.millrace.connect.transforms;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.transforms.Transformation;

/**
 * Makes the row of a change the value of its record: the row as it is now or, where it was deleted, as it was. It gets
 * the columns {@code __deleted}, {@code _streamkap_ts_ms} and {@code _streamkap_source_ts_ms}; a table that has a column
 * of such a name keeps its own. The key stays as it is.
 *
 * <p>A column whose value the log does not hold is not in the row, nor in its schema, so that nothing is written over
 * the value that is there. A deleted row that the log does not hold has the columns of its key.
 *
 * <p>A truncation becomes a record with neither key nor value, and with the header {@value #OPERATION_HEADER}. What is
 * no change of a row, tombstones among it, stays as it is.
 */
public final class Flatten<R extends ConnectRecord<R>> implements Transformation<R> {
    /** Name of the header of a truncation; its value is the operation, {@code "t"}. */
    public static final String OPERATION_HEADER = "millrace.operation";

    private static final ConfigDef DEFINITION = new ConfigDef();

    private final Derived<Schema, Optional<FlatForm>> forms = new Derived<>();

    /** For Connect, which calls {@link #configure} next. */
    public Flatten() {}

    @Override
    public void configure(Map<String, ?> settings) {}

    @Override
    public R apply(R record) {
        if (!(record.value() instanceof Struct envelope)) {
            return record;
        }
        return forms.of(envelope.schema(), FlatForm::of)
                .map(form -> form.isTruncation(envelope)
                        ? truncation(record)
                        : Records.withValue(record, form.row(envelope, record.key())))
                .orElse(record);
    }

    private R truncation(R record) {
        return record.newRecord(
                record.topic(),
                record.kafkaPartition(),
                null,
                null,
                null,
                null,
                record.timestamp(),
                new ConnectHeaders(record.headers()).addString(OPERATION_HEADER, Envelope.TRUNCATION));
    }

    @Override
    public ConfigDef config() {
        return DEFINITION;
    }

    @Override
    public void close() {}
}
