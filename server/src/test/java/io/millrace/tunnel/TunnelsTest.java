package io.millrace.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.catalogue.ConfigValues;
import io.millrace.catalogue.ConnectorCatalogue;
import io.millrace.connector.ClearConfig;
import io.millrace.connector.Connector;
import io.millrace.connector.ConnectorConfig;
import io.millrace.connector.ConnectorId;
import io.millrace.connector.Course;
import io.millrace.connector.CreatedFrom;
import io.millrace.connector.DesiredState;
import io.millrace.connector.Kind;
import io.millrace.database.ConnectionFailedException;
import io.millrace.database.DatabaseAddress;
import io.millrace.database.Password;
import io.millrace.database.TlsMode;
import io.millrace.database.mariadb.MariaDbSessions;
import io.millrace.database.postgresql.PostgresSessions;
import io.millrace.destination.sql.PostgresqlDestination;
import io.millrace.source.SourceConfigs;
import io.millrace.source.SourceId;
import io.millrace.source.binlog.BinlogCapture;
import io.millrace.source.binlog.Flavour;
import io.millrace.store.Store;
import io.millrace.testkit.FreePorts;
import io.millrace.testkit.PostgresServer;
import io.millrace.testkit.SshServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tunnels to a PostgreSQL server, by an SSH server of the machine. */
class TunnelsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ConnectorId ID = new ConnectorId(Kind.SOURCE, "0123456789abcdef01234567");

    private static PostgresServer database;

    private final TunnelKey key = TunnelKey.made("of a test");

    @TempDir
    private Path folder;

    private SshServer ssh;
    private Store store;
    private Tunnels tunnels;

    @BeforeAll
    static void startDatabase() {
        database = PostgresServer.start(17);
    }

    @AfterAll
    static void stopDatabase() {
        database.close();
    }

    @BeforeEach
    void start() {
        ssh = SshServer.start();
        ssh.authorize(key.line());
        store = Store.sqlite(folder.resolve("millrace.db"));
        tunnels = new Tunnels(store);
    }

    @AfterEach
    void stop() {
        tunnels.close();
        store.close();
        ssh.close();
    }

    @Test
    void leadsToADatabase() throws Exception {
        ClearConfig source = source("");

        tunnels.open(source);

        assertThat(port(source)).isNotEqualTo(database.port());
        assertThat(selectOne(port(source))).isEqualTo(1);
        assertThat(tunnels.trouble(ID)).isEmpty();
    }

    @Test
    void leavesConfigurationsAloneThatDoNotAskForOne() throws Exception {
        ClearConfig direct = source("'ssh.enabled':false");

        tunnels.open(direct);

        assertThat(tunnels.through(direct, direct.values())).isSameAs(direct.values());
    }

    @Test
    void comesBackAtTheSamePortAndSaysMeanwhileWhatIsWrong() throws Exception {
        ClearConfig source = source("");
        tunnels.open(source);
        int port = port(source);

        ssh.kill();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(tunnels.trouble(ID)).hasValueSatisfying(trouble -> assertThat(trouble)
                        .contains("No SSH server listens at 127.0.0.1:" + ssh.port())
                        .contains("'ssh.port'")));
        ssh.restart();

        await().atMost(PATIENCE).until(() -> tunnels.trouble(ID).isEmpty());
        assertThat(port(source)).isEqualTo(port);
        assertThat(selectOne(port)).isEqualTo(1);
    }

    @Test
    void hasTheSamePortInTheNextProcess() throws Exception {
        ClearConfig source = source("");
        tunnels.open(source);
        int port = port(source);
        tunnels.close();

        tunnels = new Tunnels(store);
        tunnels.begin();

        assertThat(port(source)).isEqualTo(port);
        assertThat(selectOne(port)).isEqualTo(1);
    }

    @Test
    void leadsElsewhereWithTheConfiguration() throws Exception {
        tunnels.open(source(""));
        int port = port(source(""));

        ClearConfig elsewhere = source("'database.port.user.defined':" + FreePorts.next());

        assertThat(refused(elsewhere)).contains("cannot reach");
        assertThat(port(elsewhere)).isEqualTo(port);
        tunnels.open(source(""));
        assertThat(selectOne(port)).isEqualTo(1);
    }

    @Test
    void saysThatAHostIsNotKnown() {
        assertThat(refused(source("'ssh.host':'no-such-host.invalid'")))
                .isEqualTo("The host 'no-such-host.invalid' of the SSH server is not known."
                        + " Check 'ssh.host', and that this machine can resolve it.");
    }

    @Test
    void saysThatNobodyListens() {
        int closed = FreePorts.next();

        assertThat(refused(source("'ssh.port':" + closed)))
                .startsWith("No SSH server listens at 127.0.0.1:" + closed + ".");
    }

    @Test
    void saysThatWhatListensIsNoSshServer() {
        assertThat(refused(source("'ssh.port':" + database.port())))
                .contains("127.0.0.1:" + database.port(), "'ssh.port'");
    }

    @Test
    void saysWhichLineToAuthorizeAndIsOpenOnceItIs() throws Exception {
        ssh.authorize(TunnelKey.made("of somebody else").line());

        assertThat(refused(source("")))
                .startsWith("The SSH server at 127.0.0.1:" + ssh.port() + " does not let user '" + SshServer.user()
                        + "' in")
                .contains("~/.ssh/authorized_keys: " + key.line())
                .doesNotContain(key.secret().reveal());
        ssh.authorize(key.line());
        tunnels.open(source(""));
        assertThat(tunnels.trouble(ID)).isEmpty();
    }

    @Test
    void saysThatForwardingIsNotAllowed() {
        assumeThat(SshServer.isOpenSsh())
                .as("Apache MINA's server forwards always")
                .isTrue();
        try (SshServer strict = SshServer.start("AllowTcpForwarding no")) {
            strict.authorize(key.line());

            assertThat(refused(source("'ssh.port':" + strict.port())))
                    .contains("does not allow user '" + SshServer.user() + "' to be forwarded to 127.0.0.1:"
                            + database.port())
                    .contains("AllowTcpForwarding");
        }
    }

    @Test
    void doesNotTrustAnotherHostKeyUntilTheTunnelWasTurnedOff() throws Exception {
        ClearConfig source = source("");
        tunnels.open(source);
        ssh.kill();
        ssh.newHostKey();
        ssh.restart();

        assertThat(refused(source))
                .contains("shows the host key SHA256:", "seen first, SHA256:", "'ssh.enabled' false");
        tunnels.close();
        tunnels = new Tunnels(store);
        assertThat(refused(source)).contains("shows the host key");
        store.change(handle ->
                tunnels.saved(handle, connector(), source("'ssh.enabled':false").values()));
        store.change(handle -> tunnels.saved(handle, connector(), source.values()));

        assertThatCode(() -> tunnels.open(source)).doesNotThrowAnyException();
    }

    @Test
    void forgetsTheHostKeyOfAnotherServerOnly() throws Exception {
        ClearConfig source = source("");
        tunnels.open(source);
        KnownHosts known = new KnownHosts(store);

        store.change(handle -> tunnels.saved(handle, connector(), source.values()));
        assertThat(known.hostKey(ID, TunnelTerms.server(source.values()))).isPresent();
        store.change(handle -> tunnels.saved(
                handle, connector(), source("'ssh.host':'bastion.example.org'").values()));
        assertThat(known.hostKey(ID, TunnelTerms.server(source.values()))).isEmpty();
    }

    @Test
    void isWhatWorkersConnectTo() {
        SourceId id = SourceId.of(ID);
        ConfigValues mariadb = reached("mariadb", ConnectorCatalogue.sources(), SourceConfigs.mariadb(""));
        ConfigValues postgresql = reached(
                "postgresql",
                ConnectorCatalogue.destinations(),
                SourceConfigs.postgresql("'database.database.user.defined':'shop'"));
        String port = mariadb.text("database.port.user.defined").orElseThrow();

        assertThat(new BinlogCapture(Flavour.MARIADB, new MariaDbSessions()).properties(id, mariadb))
                .containsEntry("database.hostname", "127.0.0.1")
                .containsEntry("database.port", port);
        assertThat(new PostgresqlDestination("postgresql", new PostgresSessions()).properties(ID, postgresql))
                .containsEntry("sql.url", "jdbc:postgresql://127.0.0.1:" + port + "/shop");
    }

    /** Returns a configuration of another connector as it is connected with through a tunnel. */
    private ConfigValues reached(String code, ConnectorCatalogue catalogue, ObjectNode config) {
        config.put("ssh.enabled", true).put("ssh.host", "127.0.0.1").put("ssh.port", ssh.port());
        config.put("ssh.user", SshServer.user()).put(TunnelKey.SHOWN, key.line());
        ConfigValues values = new ConfigValues(catalogue.find(code).orElseThrow(), config);
        return tunnels.through(new ClearConfig(ID, values, Map.of(TunnelKey.SHOWN, key.secret())), values);
    }

    private static Connector connector() {
        return new Connector(
                ID,
                "tenant",
                "service",
                "name",
                "postgresql",
                new ConnectorConfig(SourceConfigs.postgresql(""), Map.of()),
                Course.begin(new DesiredState.Active()),
                List.of(),
                Optional.empty(),
                CreatedFrom.API,
                Instant.EPOCH);
    }

    private String refused(ClearConfig source) {
        ConnectionFailedException e = catchThrowableOfType(ConnectionFailedException.class, () -> tunnels.open(source));
        return e.getMessage() + " " + e.hint();
    }

    private int port(ClearConfig source) {
        return tunnels.through(source, source.values())
                .config()
                .get("database.port.user.defined")
                .intValue();
    }

    private ClearConfig source(String members) {
        String own = "'database.hostname.user.defined':'127.0.0.1','database.port.user.defined':" + database.port()
                + ",'ssh.enabled':true,'ssh.host':'127.0.0.1','ssh.port':'" + ssh.port() + "','ssh.user':'"
                + SshServer.user() + "','ssh.public.key.user.displayed':'" + key.line() + "'";
        ConfigValues values = new ConfigValues(
                ConnectorCatalogue.sources().find("postgresql").orElseThrow(),
                SourceConfigs.postgresql(members.isEmpty() ? own : own + "," + members));
        return new ClearConfig(ID, values, Map.of(TunnelKey.SHOWN, key.secret()));
    }

    private static int selectOne(int port) throws Exception {
        DatabaseAddress address = new DatabaseAddress(
                "127.0.0.1",
                port,
                "postgres",
                PostgresServer.USER,
                new Password(PostgresServer.PASSWORD),
                TlsMode.DISABLE,
                Duration.ofSeconds(10),
                "test");
        try (Connection session = new PostgresSessions().open(address);
                ResultSet row = session.createStatement().executeQuery("select 1")) {
            row.next();
            return row.getInt(1);
        }
    }
}
