package io.millrace.connect.sinks.sql;

import io.millrace.testkit.MariaDbDatabase;
import io.millrace.testkit.MariaDbServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class MysqlSinkTest extends SqlSinkContract {
    private final MariaDbDatabase database = MariaDbServer.shared().createDatabase();

    @Override
    Map<String, String> freshDatabase() {
        return Map.of(
                "sql.product",
                "mysql",
                "sql.url",
                "jdbc:mariadb://127.0.0.1:" + database.server().port() + "/" + database.name(),
                "sql.user",
                MariaDbServer.USER,
                "sql.password",
                MariaDbServer.PASSWORD);
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
        return '`' + name + '`';
    }

    @Override
    Map<String, String> unreachable(Map<String, String> settings) {
        Map<String, String> wrong = new HashMap<>(settings);
        wrong.put("sql.password", "wrong");
        return wrong;
    }
}
