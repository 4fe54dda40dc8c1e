package io.millrace.connect.sinks.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connect.sinks.fixtures.DrivenTask;
import io.millrace.testkit.MariaDbDatabase;
import io.millrace.testkit.MariaDbServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.junit.jupiter.api.Test;

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

    @Test
    void setsAsideWhatMysqlHasNoNumberFor() {
        Changes ratios = new Changes("ratios").with("ratio", Schema.FLOAT64_SCHEMA);
        try (DrivenTask run = new DrivenTask(new SqlSinkTask(), freshDatabase())) {
            run.put(ratios.upsert(1, 0.5), ratios.upsert(2, Double.NaN), ratios.upsert(3, 1.5));
            assertThat(run.deadLetters()).singleElement().satisfies(refused -> assertThat(refused.reason())
                    .contains("NaN"));
        }
        assertThat(query("SELECT id, ratio FROM ratios ORDER BY id")).containsExactly(row(1, 0.5), row(3, 1.5));
    }
}
