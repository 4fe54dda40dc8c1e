package io.millrace.connect.sinks.sql;

import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class PostgresqlSinkTest extends SqlSinkContract {
    private final PostgresDatabase database = PostgresServer.shared(18).createDatabase();

    @Override
    Map<String, String> freshDatabase() {
        return Map.of(
                "sql.product",
                "postgresql",
                "sql.url",
                "jdbc:postgresql://127.0.0.1:" + database.server().port() + "/" + database.name(),
                "sql.user",
                PostgresServer.USER,
                "sql.password",
                PostgresServer.PASSWORD);
    }

    @Override
    List<List<String>> query(String sql) {
        return database.query(sql);
    }

    @Override
    void execute(String sql) {
        database.execute(sql);
    }

    @Override
    String quoted(String name) {
        return '"' + name + '"';
    }

    @Override
    Map<String, String> unreachable(Map<String, String> settings) {
        Map<String, String> wrong = new HashMap<>(settings);
        wrong.put("sql.password", "wrong");
        return wrong;
    }
}
