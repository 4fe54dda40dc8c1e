package io.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresServerTest {
    @ParameterizedTest
    @ValueSource(ints = {14, 15, 16, 17, 18})
    void runsEveryReleaseAndKeepsDataOverACrash(int major) {
        try (PostgresServer server = PostgresServer.start(major, FreePorts.next(), Map.of("fsync", "on"))) {
            PostgresDatabase database = server.createDatabase();
            database.execute("CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t VALUES (7)");

            server.kill();
            assertThatThrownBy(database::connect).isInstanceOf(IllegalStateException.class);
            server.start();

            assertThat(database.query("SELECT id, current_setting('wal_level') FROM t"))
                    .containsExactly(List.of("7", "logical"));
            assertThat(database.query("SHOW server_version").get(0).get(0)).startsWith(String.valueOf(major));
        }
    }
}
