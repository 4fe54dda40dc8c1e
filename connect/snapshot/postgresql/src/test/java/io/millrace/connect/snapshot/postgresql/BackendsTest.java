package io.millrace.connect.snapshot.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.debezium.config.Configuration;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import io.millrace.testkit.TcpProxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

class BackendsTest {
    private final PostgresDatabase database = PostgresServer.shared(14).createDatabase();
    private final Backends backends = backends(database.server().port());
    private final ExecutorService thread = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() {
        thread.shutdown();
    }

    @Test
    void aQueryThatWaitsForALockIsWorkedOnHoweverLong() throws SQLException {
        database.execute("CREATE TABLE t (id int)");
        try (Connection locking = database.connect();
                Connection waiting = database.connect()) {
            locking.setAutoCommit(false);
            execute(locking, "LOCK TABLE t IN ACCESS EXCLUSIVE MODE");
            assertThat(backends.isAtWork(pid(waiting))).isFalse();

            thread.execute(() -> execute(waiting, "SELECT * FROM t"));

            Awaitility.await().until(() -> backends.isAtWork(pid(waiting)));
            locking.rollback();
            Awaitility.await().until(() -> !backends.isAtWork(pid(waiting)));
        }
    }

    @Test
    void asksInVainWhereNobodyListens() {
        try (TcpProxy nobody = TcpProxy.to(database.server().port())) {
            nobody.refuse();
            Backends refused = backends(nobody.port());

            assertThat(refused.isAtWork(1)).isFalse();
            assertThatThrownBy(() -> refused.isStreaming("slot")).isInstanceOf(SQLException.class);
        }
    }

    private Backends backends(int port) {
        Map<String, String> config = Capture.config(database, Map.of("database.port", String.valueOf(port)));
        return new Backends(new PostgresConnectorConfig(Configuration.from(config)));
    }

    private static int pid(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getBackendPID();
    }

    private static void execute(Connection connection, String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
