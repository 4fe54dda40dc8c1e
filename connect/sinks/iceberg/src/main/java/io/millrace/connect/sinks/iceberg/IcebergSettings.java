package io.millrace.connect.sinks.iceberg;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.iceberg.catalog.Namespace;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.ValidString;

/**
 * What a sink into Iceberg tables is told.
 *
 * @param sink its name; commits are marked with it
 * @param catalog {@code rest}, {@code jdbc}, or the class of a catalogue of the library
 * @param catalogName what the catalogue is called; a part of the rows of catalogues in databases
 * @param properties of the catalogue, by the library's names
 * @param namespace of the tables; dots separate its levels
 * @param idColumns which identify a row where the record has no key
 * @param quote whether names keep their case
 */
record IcebergSettings(
        String sink,
        String catalog,
        String catalogName,
        Map<String, String> properties,
        String namespace,
        Mode mode,
        List<String> idColumns,
        boolean quote,
        Limits limits,
        Optional<Upkeep> upkeep) {
    private static final String PROPERTIES = "catalog.";
    private static final String COMPACTION = "iceberg.tables.compaction.";

    /** Settings as Connect knows them. */
    static final ConfigDef DEFINITION = new ConfigDef()
            .define("iceberg.catalog", ConfigDef.Type.STRING, "rest", Importance.HIGH, "Kind of catalogue.")
            .define("iceberg.catalog.name", ConfigDef.Type.STRING, "iceberg", Importance.LOW, "Name of the catalogue.")
            .define(
                    "iceberg.jdbc.credential",
                    ConfigDef.Type.PASSWORD,
                    "",
                    Importance.MEDIUM,
                    "user:password of the database that a catalogue is in.")
            .define(
                    "iceberg.namespace",
                    ConfigDef.Type.STRING,
                    ConfigDef.NO_DEFAULT_VALUE,
                    new NonEmptyString(),
                    Importance.HIGH,
                    "Namespace of the tables.")
            .define(
                    "iceberg.mode",
                    ConfigDef.Type.STRING,
                    "insert",
                    ValidString.in("insert", "upsert"),
                    Importance.HIGH,
                    "A row for each change, or the last state of each key.")
            .define(
                    "iceberg.tables.hard-delete-enabled",
                    ConfigDef.Type.BOOLEAN,
                    true,
                    Importance.MEDIUM,
                    "Whether deleted rows go away.")
            .define(
                    "iceberg.tables.default-id-columns",
                    ConfigDef.Type.STRING,
                    "",
                    Importance.MEDIUM,
                    "Columns that identify a row whose record has no key.")
            .define(
                    "iceberg.quote.identifiers",
                    ConfigDef.Type.BOOLEAN,
                    true,
                    Importance.LOW,
                    "Whether names keep their case.")
            .define(
                    "iceberg.commit.interval.ms",
                    ConfigDef.Type.LONG,
                    60_000L,
                    Range.atLeast(100),
                    Importance.MEDIUM,
                    "Age of the first change at which a table is committed.")
            .define(
                    "iceberg.commit.max.bytes",
                    ConfigDef.Type.LONG,
                    64L << 20,
                    Range.atLeast(1_000),
                    Importance.MEDIUM,
                    "What all tables together hold in memory, about.")
            .define(COMPACTION + "enabled", ConfigDef.Type.BOOLEAN, false, Importance.MEDIUM, "Merge small files.")
            .define(
                    COMPACTION + "target-file-size-bytes",
                    ConfigDef.Type.LONG,
                    128L << 20,
                    Range.atLeast(1),
                    Importance.MEDIUM,
                    "Files smaller than this are merged.")
            .define(
                    COMPACTION + "min-small-files",
                    ConfigDef.Type.INT,
                    5,
                    Range.atLeast(1),
                    Importance.MEDIUM,
                    "So many small files start a merge.")
            .define(
                    COMPACTION + "max-files-per-run",
                    ConfigDef.Type.INT,
                    100,
                    Range.atLeast(1),
                    Importance.MEDIUM,
                    "Most files of a merge.")
            .define(
                    COMPACTION + "commit-threshold",
                    ConfigDef.Type.INT,
                    5,
                    Range.atLeast(1),
                    Importance.MEDIUM,
                    "Commits of a table between two looks.")
            .define(
                    COMPACTION + "expire-snapshots",
                    ConfigDef.Type.BOOLEAN,
                    false,
                    Importance.MEDIUM,
                    "Forget old snapshots afterwards.")
            .define(
                    COMPACTION + "retain-last",
                    ConfigDef.Type.INT,
                    1,
                    Range.atLeast(1),
                    Importance.MEDIUM,
                    "Snapshots that stay.");

    /** What tables show. */
    enum Mode {
        /** A row for each change. */
        INSERT,
        /** The last state of each key. */
        UPSERT,
        /** The last state of each key; what was deleted stays, marked. */
        UPSERT_AND_KEEP
    }

    /**
     * When changes are committed.
     *
     * @param bytes that all tables together hold in memory, about
     */
    record Limits(Duration age, long bytes) {}

    /**
     * How small files are merged.
     *
     * @param targetBytes smaller files are small
     * @param leastFiles that start a merge
     * @param mostFiles of one merge
     * @param everyCommits of a table
     * @param retained snapshots; nothing where none is forgotten
     */
    record Upkeep(long targetBytes, int leastFiles, int mostFiles, int everyCommits, Optional<Integer> retained) {}

    /** Reads what Connect was given. */
    static IcebergSettings of(Map<String, String> given) {
        AbstractConfig config = new AbstractConfig(DEFINITION, given, false);
        Map<String, String> properties = new HashMap<>();
        config.originalsWithPrefix(PROPERTIES).forEach((name, value) -> properties.put(name, String.valueOf(value)));
        String[] login = config.getPassword("iceberg.jdbc.credential").value().split(":", 2);
        if (login.length > 1) {
            properties.put("jdbc.user", login[0]);
            properties.put("jdbc.password", login[1]);
        }
        Mode upsert = config.getBoolean("iceberg.tables.hard-delete-enabled") ? Mode.UPSERT : Mode.UPSERT_AND_KEEP;
        return new IcebergSettings(
                given.getOrDefault("name", "millrace"),
                config.getString("iceberg.catalog"),
                config.getString("iceberg.catalog.name"),
                Map.copyOf(properties),
                config.getString("iceberg.namespace"),
                config.getString("iceberg.mode").equals("upsert") ? upsert : Mode.INSERT,
                Stream.of(config.getString("iceberg.tables.default-id-columns").split(","))
                        .map(String::strip)
                        .filter(column -> !column.isEmpty())
                        .toList(),
                config.getBoolean("iceberg.quote.identifiers"),
                new Limits(
                        Duration.ofMillis(config.getLong("iceberg.commit.interval.ms")),
                        config.getLong("iceberg.commit.max.bytes")),
                config.getBoolean(COMPACTION + "enabled") ? Optional.of(upkeep(config)) : Optional.empty());
    }

    private static Upkeep upkeep(AbstractConfig config) {
        return new Upkeep(
                config.getLong(COMPACTION + "target-file-size-bytes"),
                config.getInt(COMPACTION + "min-small-files"),
                config.getInt(COMPACTION + "max-files-per-run"),
                config.getInt(COMPACTION + "commit-threshold"),
                config.getBoolean(COMPACTION + "expire-snapshots")
                        ? Optional.of(config.getInt(COMPACTION + "retain-last"))
                        : Optional.empty());
    }

    /** Returns the levels of the namespace. */
    Namespace levels() {
        return Namespace.of(namespace.split("\\."));
    }

    /** Says nothing of tokens and keys. */
    @Override
    public String toString() {
        return catalog + " " + namespace;
    }
}
