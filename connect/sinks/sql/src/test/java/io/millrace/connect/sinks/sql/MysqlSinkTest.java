package io.millrace.connect.sinks.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connect.sinks.fixtures.DrivenTask;
import io.millrace.testkit.MariaDbDatabase;
import io.millrace.testkit.MariaDbServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
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
    void leavesTheTypesThatAnEarlierTaskDeclaredForTheSameColumns() {
        Schema moment =
                SchemaBuilder.string().name("io.debezium.time.ZonedTimestamp").build();
        Changes visits = new Changes("visits").with("at", moment);
        Map<String, String> settings = freshDatabase();
        for (int id = 1; id <= 2; id++) {
            try (DrivenTask run = new DrivenTask(new SqlSinkTask(), settings)) {
                run.put(visits.upsert(id, "2026-01-0" + id + "T12:30:00.5Z"));
                assertThat(run.deadLetters()).isEmpty();
            }
        }

        assertThat(query("SELECT column_type FROM information_schema.columns WHERE table_schema = '" + database.name()
                        + "' AND table_name = 'visits' AND column_name = 'at'"))
                .containsExactly(List.of("datetime(6)"));
        assertThat(query("SELECT CAST(at AS char) FROM visits ORDER BY id"))
                .containsExactly(List.of("2026-01-01 12:30:00.500000"), List.of("2026-01-02 12:30:00.500000"));
    }

    @Test
    void takesTheLargestAndTheSmallestFloats() {
        Changes ratios = new Changes("singles").with("ratio", Schema.FLOAT32_SCHEMA);
        float[] extremes = {Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_NORMAL, 0.1f};
        try (DrivenTask run = new DrivenTask(new SqlSinkTask(), freshDatabase())) {
            for (int id = 0; id < extremes.length; id++) {
                run.put(ratios.upsert(id, extremes[id]));
            }
            assertThat(run.deadLetters()).isEmpty();
        }
        // a sum is a double, and shows the float with all of its digits
        assertThat(query("SELECT sum(ratio) FROM singles GROUP BY id ORDER BY id"))
                .extracting(read -> (float) Double.parseDouble(read.get(0)))
                .containsExactly(Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_NORMAL, 0.1f);
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
