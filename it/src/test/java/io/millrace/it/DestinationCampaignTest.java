package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testkit.MariaDbDatabase;
import io.millrace.testkit.MariaDbServer;
import io.millrace.testkit.MillraceProcess;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import io.millrace.testkit.RedisServer;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;

/** A snapshot and changes flow into several destinations while the whole process is killed; all end equal to the source. */
class DestinationCampaignTest {
    private static final int KILLS = Campaign.times(1, 20);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int ACCOUNTS = 15_000;
    private static final int STOCK = 10_000;
    private static final List<Table> TABLES = List.of(
            new Table("accounts", List.of("id"), List.of("v", "pad")),
            new Table("stock", List.of("id", "shop"), List.of("v", "price", "made", "note", "doc")));

    /** Changes all but the document, which is long in a tenth of the rows and then not in the log of an update. */
    private static final String CHANGE_OF_STOCK = "INSERT INTO stock SELECT k, 'shop ' || n % 3, n, n / 100.0,"
            + " date '2026-01-01' + (n % 3000)::int, CASE WHEN n % 3 <> 0 THEN 'né 🙂 ' || n END,"
            + " CASE WHEN k % 10 = 0 THEN repeat(n || ' ', 500) END"
            + " FROM (SELECT ?::bigint AS k, nextval('stock_v') AS n) AS next"
            + " ON CONFLICT (id, shop) DO UPDATE"
            + " SET v = EXCLUDED.v, price = EXCLUDED.price, made = EXCLUDED.made, note = EXCLUDED.note";

    /** A table that is copied, with the columns of its key and all others. */
    private record Table(String name, List<String> key, List<String> others) {
        private List<String> columns() {
            return Stream.concat(key.stream(), others.stream()).toList();
        }

        String checksums(String schema) {
            return Checksums.query(schema + name, key, columns());
        }

        List<String> checksum(Map<String, String> row) {
            return Checksums.row(row, key, columns());
        }
    }

    @TempDir
    private Path folder;

    @Test
    void noKillLeavesADestinationDifferentFromItsSource() throws Exception {
        Campaign campaign = Campaign.begin("kills while destinations are filled");
        PostgresDatabase from = PostgresServer.shared(18).createDatabase();
        PostgresDatabase postgres = PostgresServer.shared(18).createDatabase();
        MariaDbDatabase maria = MariaDbServer.shared().createDatabase();
        CampaignDatabase database = new PostgresCampaign(from);
        createTables(database);
        Path data = Files.createDirectory(folder.resolve("data"));
        try (RedisServer redis = RedisServer.start();
                MillraceProcess platform = MillraceProcess.start(Campaign.launch(data))) {
            CapturedTable captured = CapturedTable.of(platform, database, "accounts", "stock");
            Copies copies = new Copies(
                    platform, captured.source(), List.of(database.inTopic("accounts"), database.inTopic("stock")));
            Map<String, Object> schema = server(
                    PostgresServer.USER,
                    PostgresServer.PASSWORD,
                    postgres.server().port(),
                    postgres.name());
            schema.put("table.name.prefix", "copy");
            copies.add("postgresql", schema);
            copies.add(
                    "mysql",
                    server(
                            MariaDbServer.USER,
                            MariaDbServer.PASSWORD,
                            maria.server().port(),
                            maria.name()));
            copies.add("duckdb", Map.of("duckdb.database", "mirror", "table.name.prefix", "copy", "hard.delete", true));
            copies.add("redis", hashes(redis));

            List<String> runs = new ArrayList<>();
            try (Traffic accounts = Traffic.on(database, "accounts", ACCOUNTS, campaign.seed());
                    Traffic stock = Traffic.on(database, "stock", CHANGE_OF_STOCK, STOCK, campaign.seed() + 1)) {
                runs.add(captured.execute());
                Awaitility.await("first rows arrive")
                        .atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(100))
                        .ignoreExceptions()
                        .until(() -> !postgres.query("SELECT id FROM copy.accounts LIMIT 1")
                                        .isEmpty()
                                && !maria.query("SELECT id FROM accounts LIMIT 1")
                                        .isEmpty()
                                && !hashes(redis, TABLES.get(0)).rows().isEmpty());
                campaign.kill(KILLS, Duration.ofSeconds(2), platform, captured, runs);
                captured.awaitOver(runs.get(runs.size() - 1));
                campaign.say(runs.size() + " runs, " + (accounts.transactions() + stock.transactions())
                        + " transactions meanwhile");
            }
            assertThat(runs).allSatisfy(run -> assertThat(
                            captured.run(run).path("status").asText())
                    .isEqualTo("completed"));

            awaitEqual(from, "postgresql", table -> Checksums.of(postgres.query(table.checksums("copy."))));
            awaitEqual(from, "mysql", table -> Checksums.of(maria.query(table.checksums(""))));
            awaitEqual(from, "redis", table -> hashes(redis, table));
            copies.awaitConfirmed("duckdb");
            assertThat(copies.refusals()).isEmpty();
            assertThat(platform.stop()).isTrue();
        }
        try (URLClassLoader loader = new URLClassLoader(new URL[] {duckDbDriver()});
                Connection duck = duckDb(loader, data.resolve("duckdb/mirror.duckdb"))) {
            assertThat(differences(from, "duckdb", table -> rows(duck, table.checksums("copy."))))
                    .isEmpty();
        }
    }

    private static void createTables(CampaignDatabase database) {
        database.createTable("accounts", ACCOUNTS);
        database.execute(
                "CREATE SEQUENCE stock_v",
                "CREATE TABLE stock (id bigint, shop varchar(20), v bigint NOT NULL, price numeric(10,2), made date,"
                        + " note text, doc text, PRIMARY KEY (id, shop))",
                "ALTER TABLE stock ALTER COLUMN doc SET STORAGE EXTERNAL",
                CHANGE_OF_STOCK.replace("?", "generate_series(1, " + STOCK + ")"));
    }

    private static Map<String, Object> server(String user, String password, int port, String database) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("database.hostname.user.defined", "127.0.0.1");
        config.put("database.port.user.defined", port);
        config.put("database.database.user.defined", database);
        config.put("connection.username", user);
        config.put("connection.password", password);
        config.put("insert.mode", "upsert");
        config.put("delete.enabled", true);
        return config;
    }

    private static Map<String, Object> hashes(RedisServer redis) {
        return Map.of(
                "redis.host.user.defined",
                "127.0.0.1",
                "redis.port.user.defined",
                redis.port(),
                "redis.username",
                RedisServer.USER,
                "redis.password",
                RedisServer.PASSWORD,
                "ssl.enabled",
                false,
                "redis.key",
                "copy:${topic}",
                "redis.key.data.type",
                "Hash");
    }

    private static Checksums hashes(RedisServer redis, Table table) {
        try (Jedis client = new Jedis(
                        new HostAndPort("127.0.0.1", redis.port()),
                        DefaultJedisClientConfig.builder()
                                .user(RedisServer.USER)
                                .password(RedisServer.PASSWORD)
                                .build());
                Pipeline all = client.pipelined()) {
            List<Response<Map<String, String>>> rows = client.keys("copy:" + table.name() + ":*").stream()
                    .map(all::hgetAll)
                    .toList();
            all.sync();
            return Checksums.of(
                    rows.stream().map(row -> table.checksum(row.get())).toList());
        }
    }

    private static void awaitEqual(PostgresDatabase from, String copy, Function<Table, Checksums> rows) {
        Awaitility.await(copy + " arrives")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(differences(from, copy, rows)).isEmpty());
    }

    private static List<String> differences(PostgresDatabase from, String copy, Function<Table, Checksums> rows) {
        return TABLES.stream()
                .flatMap(table -> Checksums.of(from.query(table.checksums("")))
                        .differencesOf(copy + " " + table.name(), rows.apply(table))
                        .stream())
                .toList();
    }

    /** Opens a file with the driver of the platform's own plugin, which is not on the class path. */
    private static Connection duckDb(URLClassLoader plugin, Path file) throws SQLException {
        return ServiceLoader.load(Driver.class, plugin).stream()
                .filter(driver -> driver.type().getName().startsWith("org.duckdb."))
                .findFirst()
                .orElseThrow()
                .get()
                .connect("jdbc:duckdb:" + file, new Properties());
    }

    private static URL duckDbDriver() throws IOException {
        try (Stream<Path> jars = Files.list(Campaign.home().resolve("plugins/sql"))) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith("duckdb_jdbc-"))
                    .findFirst()
                    .orElseThrow()
                    .toUri()
                    .toURL();
        }
    }

    private static Checksums rows(Connection connection, String sql) {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<List<String>> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(List.of(result.getString(1), result.getString(2)));
            }
            return Checksums.of(rows);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
