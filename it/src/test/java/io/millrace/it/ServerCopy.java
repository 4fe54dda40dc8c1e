package io.millrace.it;

import io.millrace.testkit.MariaDbDatabase;
import io.millrace.testkit.MariaDbServer;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Tables of a database server. */
record ServerCopy(String code, Map<String, Object> config, String schema, Function<String, List<List<String>>> query)
        implements CampaignCopy {
    static ServerCopy in(PostgresDatabase database) {
        Map<String, Object> config = config(database.server().port(), database.name());
        config.put("connection.username", PostgresServer.USER);
        config.put("connection.password", PostgresServer.PASSWORD);
        config.put("table.name.prefix", "copy");
        return new ServerCopy("postgresql", config, "copy.", database::query);
    }

    static ServerCopy in(MariaDbDatabase database) {
        Map<String, Object> config = config(database.server().port(), database.name());
        config.put("connection.username", MariaDbServer.USER);
        config.put("connection.password", MariaDbServer.PASSWORD);
        return new ServerCopy("mysql", config, "", database::query);
    }

    private static Map<String, Object> config(int port, String database) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("database.hostname.user.defined", "127.0.0.1");
        config.put("database.port.user.defined", port);
        config.put("database.database.user.defined", database);
        config.put("insert.mode", "upsert");
        config.put("delete.enabled", true);
        return config;
    }

    @Override
    public Checksums rows(CampaignTable table) {
        return Checksums.of(query.apply(table.checksums(schema)));
    }
}
