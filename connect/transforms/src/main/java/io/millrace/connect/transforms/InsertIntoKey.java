package io.millrace.connect.transforms;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.transforms.Transformation;

/** Adds a constant to record keys, those of tombstones included. A record without a key stays without one. */
public final class InsertIntoKey<R extends ConnectRecord<R>> implements Transformation<R> {
    private static final String FIELD = "static.field";
    private static final String VALUE = "static.value";
    private static final ConfigDef DEFINITION = new ConfigDef()
            .define(
                    FIELD,
                    ConfigDef.Type.STRING,
                    ConfigDef.NO_DEFAULT_VALUE,
                    new ConfigDef.NonEmptyString(),
                    Importance.HIGH,
                    "Name of the field.")
            .define(VALUE, ConfigDef.Type.STRING, Importance.HIGH, "Its text.");

    private record Constant(AddedField field, String text) {}

    private Optional<Constant> constant = Optional.empty();

    /** For Connect, which calls {@link #configure} next. */
    public InsertIntoKey() {}

    @Override
    public void configure(Map<String, ?> settings) {
        AbstractConfig config = new AbstractConfig(DEFINITION, settings, false);
        constant = Optional.of(
                new Constant(new AddedField(config.getString(FIELD), Schema.STRING_SCHEMA), config.getString(VALUE)));
    }

    @Override
    public R apply(R record) {
        if (!(record.key() instanceof Struct key)) {
            return record;
        }
        Constant added = constant.orElseThrow();
        Struct changed = added.field().extend(key, added.text());
        return Records.withKey(record, changed, changed.schema());
    }

    @Override
    public ConfigDef config() {
        return DEFINITION;
    }

    @Override
    public void close() {}
}
