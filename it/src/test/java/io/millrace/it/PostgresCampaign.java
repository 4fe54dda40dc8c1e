package io.millrace.it;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.testkit.PostgresDatabase;
import java.sql.Connection;
import java.util.List;

/** PostgreSQL. */
record PostgresCampaign(PostgresDatabase database) implements CampaignDatabase {
    @Override
    public String name() {
        return "postgresql " + database.name();
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
        return Client.source(name, database, inTopic(table));
    }

    /** Its chunks are small. */
    @Override
    public ObjectNode terms() {
        return new ObjectMapper().createObjectNode();
    }

    @Override
    public String inTopic(String table) {
        return "public." + table;
    }

    @Override
    public void createTable(String table, int rows) {
        database.execute(
                "CREATE SEQUENCE " + table + "_v",
                "CREATE TABLE " + table + " (id bigint PRIMARY KEY, v bigint NOT NULL, pad text)",
                "ALTER TABLE " + table + " REPLICA IDENTITY FULL",
                "INSERT INTO " + table + " SELECT i, nextval('" + table + "_v'), repeat('x', 60)"
                        + " FROM generate_series(1, " + rows + ") i");
    }

    @Override
    public String upsert(String table) {
        String version = "nextval('" + table + "_v')";
        return "INSERT INTO " + table + " VALUES (?, " + version + ", 'new') ON CONFLICT (id) DO UPDATE SET v = "
                + version;
    }
}
