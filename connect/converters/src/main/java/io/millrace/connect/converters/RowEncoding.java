package io.millrace.connect.converters;

import io.millrace.connect.converters.row.RowWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * How a connector's converters write rows, for whoever writes them without a converter: the same bytes. Thread-safe; the
 * writers it makes are not.
 *
 * <p>Whether rows may be written so is the connector's configuration's to say: only where its converters are {@link
 * MillraceConverter}s, of a form that a row can be written in, and where no transform wants to see the records first.
 */
public final class RowEncoding {
    private final RowFormat keys;
    private final RowFormat values;

    private RowEncoding(RowFormat keys, RowFormat values) {
        this.keys = keys;
        this.values = values;
    }

    /**
     * Returns the encoding of a connector's rows; empty where its converters and transforms must see the records.
     *
     * @param connector the connector's properties, {@code value.converter} and so on
     * @throws org.apache.kafka.common.config.ConfigException if the converters' own settings are wrong
     */
    public static Optional<RowEncoding> of(Map<String, String> connector) {
        if (!connector.getOrDefault("transforms", "").isBlank()) {
            return Optional.empty();
        }
        Optional<RowFormat> keys = format(connector, "key.converter", true);
        Optional<RowFormat> values = format(connector, "value.converter", false);
        return keys.flatMap(forKeys -> values.map(forValues -> new RowEncoding(forKeys, forValues)));
    }

    private static Optional<RowFormat> format(Map<String, String> connector, String name, boolean isKey) {
        if (!MillraceConverter.class.getName().equals(connector.get(name))) {
            return Optional.empty();
        }
        Map<String, String> settings = new HashMap<>();
        connector.forEach((property, value) -> {
            if (property.startsWith(name + ".")) {
                settings.put(property.substring(name.length() + 1), value);
            }
        });
        return MillraceConverter.formatOf(new ConverterConfig(settings), isKey).rows();
    }

    /**
     * Returns a writer of record keys.
     *
     * @throws org.apache.kafka.connect.errors.ConnectException if the registry cannot be reached or refuses the schema
     */
    public RowWriter keys(String topic, Schema key) {
        return keys.plain(topic, key);
    }

    /**
     * Returns a writer of one member of record values, {@code after} of an envelope for example.
     *
     * @param frame everything else of the value, the same for all rows that are written; does not change meanwhile
     * @throws org.apache.kafka.connect.errors.ConnectException if the registry cannot be reached or refuses the schema
     */
    public RowWriter values(String topic, Struct frame, String member) {
        return values.framed(topic, frame, member);
    }
}
