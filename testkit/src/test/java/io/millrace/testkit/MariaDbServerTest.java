package io.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MariaDbServerTest {
    @Test
    void keepsDataAndBinaryLogOverACrashAndAStop() {
        try (MariaDbServer server = MariaDbServer.start(
                FreePorts.next(), Map.of("innodb-flush-log-at-trx-commit", "1", "sync-binlog", "1"))) {
            MariaDbDatabase database = server.createDatabase();
            database.execute("CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t VALUES (7)");

            server.kill();
            assertThatThrownBy(database::connect).isInstanceOf(IllegalStateException.class);
            server.restart();
            database.execute("INSERT INTO t VALUES (8)");
            server.stop();
            server.restart();

            assertThat(database.query("SELECT id, @@binlog_format, @@gtid_binlog_pos <> '' FROM t ORDER BY id"))
                    .containsExactly(List.of("7", "ROW", "1"), List.of("8", "ROW", "1"));
        }
    }
}
