package io.millrace.bench.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.bench.snapshot.BenchTable;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import org.junit.jupiter.api.Test;

class ChangeMixTest {
    @Test
    void changesATenthOfTheTableAndTakesItBack() {
        try (PostgresServer server = PostgresServer.start(18)) {
            PostgresDatabase database = server.createDatabase();
            BenchTable table = BenchTable.filled(database, "orders", 10_000);
            ChangeMix changes = ChangeMix.of(table);
            Copy.Content before = PostgresCopy.content(database, "public", table);

            changes.write();

            assertThat(changes.count()).isEqualTo(1_000);
            assertThat(changes.records()).isEqualTo(1_100);
            assertThat(number(database, "id > 10000")).isEqualTo("600");
            assertThat(number(database, "note LIKE 'changed, %'")).isEqualTo("300");
            assertThat(number(database, "id <= 10000")).isEqualTo("9900");

            changes.undo();

            assertThat(PostgresCopy.content(database, "public", table)).isEqualTo(before);
        }
    }

    private static String number(PostgresDatabase database, String where) {
        return database.query("SELECT count(*) FROM orders WHERE " + where)
                .get(0)
                .get(0);
    }
}
