package io.millrace.it;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.testkit.MariaDbDatabase;
import io.millrace.testkit.MariaDbServer;
import java.sql.Connection;
import java.util.List;

/** MariaDB. */
record MariaDbCampaign(MariaDbDatabase database) implements CampaignDatabase {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String name() {
        return "mariadb " + database.name();
    }

    @Override
    public Connection connect() {
        return database.connect();
    }

    @Override
    public void execute(String... statements) {
        database.execute(statements);
    }

    @Override
    public List<List<String>> query(String sql) {
        return database.query(sql);
    }

    @Override
    public ObjectNode source(String name, String table) {
        ObjectNode body = JSON.createObjectNode().put("name", name).put("connector", "mariadb");
        body.putObject("config")
                .put("database.hostname.user.defined", "127.0.0.1")
                .put("database.port.user.defined", database.server().port())
                .put("database.user", MariaDbServer.USER)
                .put("database.password", MariaDbServer.PASSWORD)
                .put("database.ssl.mode", "disable")
                .put("database.include.list.user.defined", database.name())
                .put("table.include.list.user.defined", inTopic(table));
        return body;
    }

    /** No key says how small its chunks are. */
    @Override
    public ObjectNode terms() {
        return JSON.createObjectNode().put("max_rows_per_second", 6000);
    }

    @Override
    public String inTopic(String table) {
        return database.name() + "." + table;
    }

    @Override
    public void createTable(String table, int rows) {
        database.execute(
                "CREATE SEQUENCE " + table + "_v",
                "CREATE TABLE " + table + " (id bigint PRIMARY KEY, v bigint NOT NULL, pad varchar(80))",
                "INSERT INTO " + table + " SELECT seq, nextval(" + table + "_v), repeat('x', 60) FROM seq_1_to_"
                        + rows);
    }

    @Override
    public String upsert(String table) {
        String version = "nextval(" + table + "_v)";
        return "INSERT INTO " + table + " VALUES (?, " + version + ", 'new') ON DUPLICATE KEY UPDATE v = " + version;
    }
}
