package io.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
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

    @Test
    void goesWithAJvmThatIsKilled() throws IOException {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Abandoned.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int port = Integer.parseInt(jvm.inputReader(StandardCharsets.UTF_8).readLine());
        assertThat(listens(port)).isTrue();

        jvm.destroyForcibly();

        await().atMost(Duration.ofMinutes(1)).until(() -> !listens(port));
    }

    /** Starts a server, tells its port, and would leave it behind. */
    static final class Abandoned {
        private Abandoned() {}

        public static void main(String[] arguments) throws InterruptedException {
            System.out.println(PostgresServer.start(16).port());
            new CountDownLatch(1).await();
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
