package io.millrace.connect.snapshot.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.control.TopicState;
import io.millrace.testkit.MariaDbDatabase;
import io.millrace.testkit.MariaDbServer;
import io.millrace.testkit.TcpProxy;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Readers whose connections are gone. */
class BrokenConnectionsTest {
    private static final int ROWS = 20_000;

    private final MariaDbDatabase database = MariaDbServer.shared().createDatabase();

    /** Nobody tells either end that the other one is gone: no reset comes, and no end. */
    @Test
    void readersThatHearNothingMoreAreReplaced() {
        Writers.createTable(database, "stock", ROWS);
        try (TcpProxy network = TcpProxy.to(database.server().port());
                Capture capture = Capture.start(database, Map.of("database.port", String.valueOf(network.port())))) {
            capture.snapshot("r1", "stock");
            Awaitility.await().atMost(Capture.LONG).until(() -> capture.newest("stock")
                    .filter(progress -> progress.rows() > ROWS / 4)
                    .isPresent());
            List<Integer> readers = readers();

            network.silence(readers);
            database.execute("UPDATE stock SET v = nextval(stock" + Writers.SEQUENCE + ") WHERE id % 7 = 1");

            assertThat(readers).isNotEmpty();
            assertThat(capture.end("r1", "stock").state()).isEqualTo(TopicState.COMPLETED);
            capture.awaitStreamed();
            Oracle.replay(capture.log("stock")).assertGives(database, "stock", "id");
        }
    }

    /** Everything but the stream, which is silent for other reasons. */
    private List<Integer> readers() {
        return database
                .query("SELECT SUBSTRING_INDEX(HOST, ':', -1) FROM information_schema.PROCESSLIST"
                        + " WHERE COMMAND NOT LIKE 'Binlog%' AND ID <> CONNECTION_ID()")
                .stream()
                .map(row -> Integer.parseInt(row.get(0)))
                .toList();
    }
}
