package io.millrace.connect.sinks.kafka;

import io.millrace.connect.converters.MillraceConverter;
import io.millrace.connect.sinks.Change;
import io.millrace.connect.sinks.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.storage.SimpleHeaderConverter;

/** Turns changes into records of the other cluster. Used by one thread. */
final class Encoder {
    /** Name schemas that the other cluster does not know. */
    private static final Set<String> OF_THIS_REGISTRY =
            Set.of(MillraceConverter.KEY_SCHEMA, MillraceConverter.VALUE_SCHEMA);

    private final MillraceConverter keys = new MillraceConverter();
    private final MillraceConverter values = new MillraceConverter();
    private final SimpleHeaderConverter headers = new SimpleHeaderConverter();

    Encoder(Map<String, String> settings) {
        keys.configure(settings, true);
        values.configure(settings, false);
        headers.configure(Map.of());
    }

    /** Returns a change as a record of a topic, with key, value, headers and time of the one that it was. */
    ProducerRecord<byte[], byte[]> encoded(Change change, String topic) throws RefusedException {
        SinkRecord record = change.record();
        try {
            return new ProducerRecord<>(
                    topic,
                    null,
                    record.timestamp(),
                    keys.fromConnectData(topic, record.keySchema(), record.key()),
                    values.fromConnectData(topic, record.valueSchema(), record.value()),
                    headers(record, topic));
        } catch (DataException e) {
            throw new RefusedException(change, e.getMessage());
        }
    }

    private List<org.apache.kafka.common.header.Header> headers(SinkRecord record, String topic) {
        List<org.apache.kafka.common.header.Header> encoded = new ArrayList<>();
        for (Header header : record.headers()) {
            if (OF_THIS_REGISTRY.contains(header.key())) {
                continue;
            }
            encoded.add(new RecordHeader(
                    header.key(), headers.fromConnectHeader(topic, header.key(), header.schema(), header.value())));
        }
        return encoded;
    }
}
