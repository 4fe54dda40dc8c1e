package io.millrace.connect.transforms;

import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.transforms.Transformation;

/** Gives a record that is read again elsewhere the name of the topic that it was in first, from a header; changes no other. */
public final class OriginalTopic<R extends ConnectRecord<R>> implements Transformation<R> {
    private static final String HEADER = "header";
    private static final ConfigDef DEFINITION = new ConfigDef()
            .define(
                    HEADER,
                    ConfigDef.Type.STRING,
                    ConfigDef.NO_DEFAULT_VALUE,
                    Importance.HIGH,
                    "Name of the header that has the topic's name.");

    private String header = "";

    /** For Connect, which calls {@link #configure} next. */
    public OriginalTopic() {}

    @Override
    public void configure(Map<String, ?> settings) {
        header = new AbstractConfig(DEFINITION, settings, false).getString(HEADER);
    }

    @Override
    public R apply(R record) {
        Header topic = record.headers().lastWithName(header);
        return topic == null
                ? record
                : record.newRecord(
                        String.valueOf(topic.value()),
                        record.kafkaPartition(),
                        record.keySchema(),
                        record.key(),
                        record.valueSchema(),
                        record.value(),
                        record.timestamp(),
                        record.headers());
    }

    @Override
    public ConfigDef config() {
        return DEFINITION;
    }

    @Override
    public void close() {}
}
