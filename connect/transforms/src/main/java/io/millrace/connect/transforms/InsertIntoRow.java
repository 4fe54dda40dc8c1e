package io.millrace.connect.transforms;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.transforms.Transformation;

/**
 * Adds a field to the row before and after each change: a constant, or the name of the topic. The options are those of
 * Connect's own {@code InsertField$Value}, which would put the field beside the rows.
 */
public final class InsertIntoRow<R extends ConnectRecord<R>> implements Transformation<R> {
    private static final String STATIC_FIELD = "static.field";
    private static final String STATIC_VALUE = "static.value";
    private static final String TOPIC_FIELD = "topic.field";
    private static final ConfigDef DEFINITION = new ConfigDef()
            .define(STATIC_FIELD, ConfigDef.Type.STRING, "", Importance.HIGH, "Name of a field for a constant.")
            .define(STATIC_VALUE, ConfigDef.Type.STRING, "", Importance.HIGH, "The constant.")
            .define(TOPIC_FIELD, ConfigDef.Type.STRING, "", Importance.HIGH, "Name of a field for the topic's name.");

    /** @param constant empty for the name of the topic */
    private record Insertion(AddedField field, Optional<String> constant) {}

    private final Derived<Schema, Schema> envelopes = new Derived<>();
    private Optional<Insertion> insertion = Optional.empty();

    /** For Connect, which calls {@link #configure} next. */
    public InsertIntoRow() {}

    @Override
    public void configure(Map<String, ?> settings) {
        AbstractConfig config = new AbstractConfig(DEFINITION, settings, false);
        boolean constant = !config.getString(STATIC_FIELD).isEmpty();
        boolean topic = !config.getString(TOPIC_FIELD).isEmpty();
        if (constant == topic) {
            throw new ConfigException("Exactly one of " + STATIC_FIELD + " and " + TOPIC_FIELD + " must be set");
        }
        AddedField field =
                new AddedField(config.getString(constant ? STATIC_FIELD : TOPIC_FIELD), Schema.OPTIONAL_STRING_SCHEMA);
        insertion = Optional.of(
                new Insertion(field, constant ? Optional.of(config.getString(STATIC_VALUE)) : Optional.empty()));
    }

    @Override
    public R apply(R record) {
        return Envelope.of(record)
                .map(envelope -> extend(record, envelope, insertion.orElseThrow()))
                .orElse(record);
    }

    private R extend(R record, Envelope envelope, Insertion added) {
        Schema wanted =
                envelopes.of(envelope.schema(), schema -> Envelope.schemaWithRows(schema, added.field()::extend));
        String text = added.constant().orElse(record.topic());
        return Records.withValue(
                record, envelope.withRows(wanted, (row, schema) -> added.field().extend(row, text)));
    }

    @Override
    public ConfigDef config() {
        return DEFINITION;
    }

    @Override
    public void close() {}
}
