package io.millrace.bench.snapshot;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.catalogue.ConfigValues;
import io.millrace.catalogue.ConnectorCatalogue;
import io.millrace.database.postgresql.PostgresSessions;
import io.millrace.source.ConnectorFrame;
import io.millrace.source.SourceId;
import io.millrace.source.postgresql.PostgresqlCapture;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Configurations of the connectors that are compared. */
public final class ConnectorConfigs {
    /** Table that stock Debezium takes its signals from. */
    static final String SIGNALS = "signals";

    static final String PUBLICATION = "bench";

    private static final String CONVERTER = "io.millrace.connect.converters.MillraceConverter";

    private final Worker worker;
    private final PostgresDatabase database;

    public ConnectorConfigs(Worker worker, PostgresDatabase database) {
        this.worker = worker;
        this.database = database;
    }

    /** Makes what all connectors need in the database. */
    public static void prepare(PostgresDatabase database) {
        database.execute(
                "CREATE TABLE " + SIGNALS + " (id text PRIMARY KEY, type text NOT NULL, data text)",
                "CREATE PUBLICATION " + PUBLICATION + " FOR ALL TABLES");
    }

    /** Returns what the platform would give the connector of a source, but for exactly-once where the worker has it off. */
    Map<String, String> ours(SourceId id, String format, List<String> tables) {
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        config.put("database.hostname.user.defined", "127.0.0.1")
                .put("database.port.user.defined", database.server().port())
                .put("database.user", PostgresServer.USER)
                .put("database.password", PostgresServer.PASSWORD)
                .put("database.dbname", database.name())
                .put("database.sslmode", "disable")
                .put("slot.name", slot(id))
                .put("publication.name", PUBLICATION)
                .put("schema.include.list", "public")
                .put(
                        "table.include.list.user.defined",
                        String.join(
                                ",",
                                tables.stream().map(table -> "public." + table).toList()));
        Map<String, String> properties =
                new HashMap<>(new ConnectorFrame(format, "${secret:registry:url}", "${secret:registry:user}")
                        .properties(id, worker.client()));
        properties.putAll(new PostgresqlCapture(new PostgresSessions())
                .properties(
                        id,
                        new ConfigValues(
                                ConnectorCatalogue.sources().find("postgresql").orElseThrow(), config)));
        if (!worker.exactlyOnce()) {
            properties.put("exactly.once.support", "requested");
        }
        return properties;
    }

    /**
     * Returns Debezium's own connector with nothing set that it does not need, and the defaults of Kafka's producer. Its
     * converter is that of the platform too, as there is none by default.
     */
    public Map<String, String> stockDefault(SourceId id, String format, List<String> tables) {
        Map<String, String> properties = stock(id, format, tables);
        properties.put("producer.override.batch.size", "16384");
        properties.put("producer.override.linger.ms", "5");
        properties.put("producer.override.buffer.memory", "33554432");
        properties.put("producer.override.compression.type", "none");
        return properties;
    }

    /** Returns Debezium's own connector with everything set that makes its snapshot faster. */
    public Map<String, String> stockTuned(SourceId id, String format, List<String> tables) {
        Map<String, String> properties = stock(id, format, tables);
        properties.put("incremental.snapshot.chunk.size", "10000");
        properties.put("poll.interval.ms", "10");
        properties.put("max.queue.size", "65536");
        properties.put("max.batch.size", "16384");
        properties.put("extended.headers.enabled", "false");
        return properties;
    }

    private Map<String, String> stock(SourceId id, String format, List<String> tables) {
        Map<String, String> properties = new HashMap<>();
        properties.put("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
        properties.put("tasks.max", "1");
        properties.put("topic.prefix", id.topicPrefix());
        properties.put("plugin.name", "pgoutput");
        properties.put("database.hostname", "127.0.0.1");
        properties.put("database.port", String.valueOf(database.server().port()));
        properties.put("database.user", PostgresServer.USER);
        properties.put("database.password", PostgresServer.PASSWORD);
        properties.put("database.dbname", database.name());
        properties.put("slot.name", slot(id));
        properties.put("publication.name", PUBLICATION);
        properties.put("publication.autocreate.mode", "disabled");
        properties.put("snapshot.mode", "no_data");
        properties.put("signal.data.collection", "public." + SIGNALS);
        properties.put(
                "table.include.list",
                String.join(",", tables.stream().map(table -> "public." + table).toList()));
        properties.put("topic.creation.default.partitions", "1");
        properties.put("topic.creation.default.replication.factor", "-1");
        for (String converter : List.of("key.converter", "value.converter")) {
            properties.put(converter, CONVERTER);
            properties.put(converter + ".format", format);
            properties.put(converter + ".registry.url", "${secret:registry:url}");
            properties.put(converter + ".registry.user.info", "${secret:registry:user}");
        }
        return properties;
    }

    /** Returns the replication slot of a source. */
    public static String slot(SourceId id) {
        return "slot_" + id.value();
    }
}
