package io.millrace.connect.transforms.flat;

import io.millrace.connect.transforms.AddedField;
import io.millrace.connect.transforms.Records;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.transforms.Transformation;

/**
 * Adds to rows where they come from: the offset in the topic, or the topic's name. The options are those of Connect's own
 * {@code InsertField$Value}, which forgets the schemas that it made when there are more than sixteen.
 */
public final class InsertField<R extends ConnectRecord<R>> implements Transformation<R> {
    private static final String OFFSET = "offset.field";
    private static final String OFFSET_HEADER = "offset.header";
    private static final String TOPIC = "topic.field";
    private static final ConfigDef DEFINITION = new ConfigDef()
            .define(OFFSET, ConfigDef.Type.STRING, "", Importance.HIGH, "Name of a field for the offset.")
            .define(
                    OFFSET_HEADER,
                    ConfigDef.Type.STRING,
                    "",
                    Importance.LOW,
                    "Name of a header that has the offset, of records that are read again elsewhere.")
            .define(TOPIC, ConfigDef.Type.STRING, "", Importance.HIGH, "Name of a field for the topic's name.");

    private record Insertion(AddedField field, Function<ConnectRecord<?>, Object> value) {}

    private Optional<Insertion> insertion = Optional.empty();

    /** For Connect, which calls {@link #configure} next. */
    public InsertField() {}

    @Override
    public void configure(Map<String, ?> settings) {
        AbstractConfig config = new AbstractConfig(DEFINITION, settings, false);
        String offset = config.getString(OFFSET);
        String topic = config.getString(TOPIC);
        if (offset.isEmpty() == topic.isEmpty()) {
            throw new ConfigException("Exactly one of " + OFFSET + " and " + TOPIC + " must be set");
        }
        insertion = Optional.of(
                topic.isEmpty()
                        ? new Insertion(
                                new AddedField(offset, Schema.OPTIONAL_INT64_SCHEMA),
                                offset(config.getString(OFFSET_HEADER)))
                        : new Insertion(new AddedField(topic, Schema.OPTIONAL_STRING_SCHEMA), ConnectRecord::topic));
    }

    private static Function<ConnectRecord<?>, Object> offset(String header) {
        return record -> {
            Header elsewhere = header.isEmpty() ? null : record.headers().lastWithName(header);
            return elsewhere == null ? offset(record) : Long.valueOf(String.valueOf(elsewhere.value()));
        };
    }

    private static Object offset(ConnectRecord<?> record) {
        if (record instanceof SinkRecord read) {
            return read.kafkaOffset();
        }
        throw new DataException("A record has an offset only after it was read: " + OFFSET + " is for sinks");
    }

    @Override
    public R apply(R record) {
        if (!(record.value() instanceof Struct row)) {
            return record;
        }
        Insertion added = insertion.orElseThrow();
        return Records.withValue(record, added.field().extend(row, added.value().apply(record)));
    }

    @Override
    public ConfigDef config() {
        return DEFINITION;
    }

    @Override
    public void close() {}
}
