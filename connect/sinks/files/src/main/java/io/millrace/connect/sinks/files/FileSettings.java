package io.millrace.connect.sinks.files;

import io.millrace.connect.sinks.files.format.Compression;
import io.millrace.connect.sinks.files.format.FileFormat;
import io.millrace.objectstore.ObjectName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigException;

/**
 * What files are made, and where they go.
 *
 * @param prefix in front of every name
 * @param head whether CSV begins with the names of the columns
 * @param fields of each record that are written
 */
record FileSettings(
        StoreSettings store,
        String prefix,
        ObjectName name,
        FileFormat format,
        Compression compression,
        boolean head,
        List<OutputField> fields,
        Limits limits) {
    private static final String FORMAT = "format.output.type";
    private static final String FIELDS = "format.output.fields";
    private static final String HEAD = "format.csv.write.headers";
    private static final String COMPRESSION = "file.compression.type";
    private static final String TEMPLATE = "file.name.template";
    private static final String PREFIX = "file.name.prefix";
    private static final String RECORDS = "file.max.records";
    private static final String BYTES = "file.max.bytes";
    private static final String INTERVAL = "file.flush.interval.ms";

    /** What one request can put. */
    private static final long MOST_BYTES = 4L << 30;

    /** Names, defaults and bounds of the settings. */
    static final ConfigDef DEFINITION = StoreSettings.define(new ConfigDef())
            .define(
                    FORMAT,
                    ConfigDef.Type.STRING,
                    "json",
                    oneOf(FileFormat.settings()),
                    Importance.HIGH,
                    "kind of files")
            .define(FIELDS, ConfigDef.Type.LIST, "value", Importance.MEDIUM, "parts of a record to write")
            .define(
                    HEAD,
                    ConfigDef.Type.BOOLEAN,
                    true,
                    Importance.LOW,
                    "whether CSV begins with the names of the columns")
            .define(
                    COMPRESSION,
                    ConfigDef.Type.STRING,
                    "gzip",
                    oneOf(Compression.settings()),
                    Importance.MEDIUM,
                    "compression")
            .define(
                    TEMPLATE,
                    ConfigDef.Type.STRING,
                    "{{topic}}-{{partition}}-{{start_offset}}",
                    new NonEmptyString(),
                    Importance.MEDIUM,
                    "names of objects")
            .define(PREFIX, ConfigDef.Type.STRING, "", Importance.MEDIUM, "in front of each name")
            .define(RECORDS, ConfigDef.Type.INT, 1_000_000, Range.atLeast(1), Importance.MEDIUM, "most rows of a file")
            .define(
                    BYTES,
                    ConfigDef.Type.LONG,
                    64L << 20,
                    Range.between(1, MOST_BYTES),
                    Importance.MEDIUM,
                    "a file of so many bytes is full")
            .define(
                    INTERVAL,
                    ConfigDef.Type.LONG,
                    60_000L,
                    Range.atLeast(100),
                    Importance.MEDIUM,
                    "age at which a file is put into the store");

    /**
     * When a file is full.
     *
     * @param bytes as compressed, about
     * @param age since its first row
     */
    record Limits(int records, long bytes, Duration age) {}

    /**
     * Reads settings.
     *
     * @throws ConfigException that names the setting and says what is wrong with it
     */
    static FileSettings of(Map<String, String> given) {
        AbstractConfig config = new AbstractConfig(DEFINITION, given, false);
        return new FileSettings(
                StoreSettings.of(config),
                config.getString(PREFIX),
                template(config),
                FileFormat.of(config.getString(FORMAT)),
                Compression.of(config.getString(COMPRESSION)),
                config.getBoolean(HEAD),
                fields(config),
                new Limits(config.getInt(RECORDS), config.getLong(BYTES), Duration.ofMillis(config.getLong(INTERVAL))));
    }

    private static ObjectName template(AbstractConfig config) {
        String given = config.getString(TEMPLATE);
        try {
            return ObjectName.of(given);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(TEMPLATE, given, e.getMessage());
        }
    }

    private static List<OutputField> fields(AbstractConfig config) {
        List<String> given = config.getList(FIELDS);
        try {
            return given.stream().map(OutputField::of).distinct().toList();
        } catch (IllegalArgumentException e) {
            throw new ConfigException(FIELDS, given, e.getMessage());
        }
    }

    private static ValidString oneOf(List<String> values) {
        return ValidString.in(values.toArray(String[]::new));
    }
}
