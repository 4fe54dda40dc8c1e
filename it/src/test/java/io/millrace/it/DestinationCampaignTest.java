package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testkit.MariaDbServer;
import io.millrace.testkit.MillraceProcess;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A snapshot and changes flow into several destinations while the whole process is killed; all end equal to the source. */
class DestinationCampaignTest {
    private static final int KILLS = Campaign.kills(1, 20);

    /** For all that is behind after the kills: the longer they took, the more. */
    private static final Duration PATIENCE = Duration.ofMinutes(3 + KILLS);

    private static final int ACCOUNTS = 15_000;
    private static final int STOCK = 10_000;
    private static final List<CampaignTable> TABLES = List.of(
            new CampaignTable("accounts", List.of("id"), List.of("v", "pad")),
            new CampaignTable("stock", List.of("id", "shop"), List.of("v", "price", "made", "note", "doc")));

    /** Changes all but the document, which is long in a tenth of the rows and then not in the log of an update. */
    private static final String CHANGE_OF_STOCK = "INSERT INTO stock SELECT k, 'shop ' || n % 3, n, n / 100.0,"
            + " date '2026-01-01' + (n % 3000)::int, CASE WHEN n % 3 <> 0 THEN 'né 🙂 ' || n END,"
            + " CASE WHEN k % 10 = 0 THEN repeat(n || ' ', 500) END"
            + " FROM (SELECT ?::bigint AS k, nextval('stock_v') AS n) AS next"
            + " ON CONFLICT (id, shop) DO UPDATE"
            + " SET v = EXCLUDED.v, price = EXCLUDED.price, made = EXCLUDED.made, note = EXCLUDED.note";

    @TempDir
    private Path folder;

    @Test
    void noKillLeavesADestinationDifferentFromItsSource() throws Exception {
        PostgresDatabase from = PostgresServer.shared(18).createDatabase();
        createTables(new PostgresCampaign(from));
        Path data = Files.createDirectory(folder.resolve("data"));
        DuckDbCopy duckDb = new DuckDbCopy(data);
        try (RedisCopy redis = RedisCopy.start();
                S3Copy s3 = S3Copy.start();
                HttpCopy http = HttpCopy.start(TABLES.get(0), TABLES.get(1));
                IcebergCopy iceberg = IcebergCopy.start();
                KafkaCopy kafka = KafkaCopy.start(folder.resolve("other"))) {
            List<CampaignCopy> copies = List.of(
                    ServerCopy.in(PostgresServer.shared(18).createDatabase()),
                    ServerCopy.in(MariaDbServer.shared().createDatabase()),
                    duckDb,
                    redis,
                    s3,
                    http,
                    iceberg,
                    kafka);
            try (MillraceProcess platform = MillraceProcess.start(Campaign.launch(data))) {
                run(platform, from, copies);
                assertThat(platform.stop()).isTrue();
            }
        }
        assertThat(differences(from, duckDb)).isEmpty();
    }

    private static void run(MillraceProcess platform, PostgresDatabase from, List<CampaignCopy> copies)
            throws Exception {
        Campaign campaign = Campaign.begin("kills while destinations are filled");
        CampaignDatabase database = new PostgresCampaign(from);
        CapturedTable captured = CapturedTable.of(platform, database, "accounts", "stock");
        Copies linked = new Copies(
                platform, captured.source(), List.of(database.inTopic("accounts"), database.inTopic("stock")));
        copies.forEach(copy -> linked.add(copy.code(), copy.config()));

        List<String> runs = new ArrayList<>();
        try (Traffic accounts = Traffic.on(database, "accounts", ACCOUNTS, campaign.seed());
                Traffic stock = Traffic.on(database, "stock", CHANGE_OF_STOCK, STOCK, campaign.seed() + 1)) {
            runs.add(captured.execute());
            copies.stream().filter(CampaignCopy::isShared).forEach(DestinationCampaignTest::awaitFirstRows);
            campaign.kill(KILLS, Duration.ofSeconds(2), platform, captured, runs);
            captured.awaitOver(runs.get(runs.size() - 1));
            campaign.say(runs.size() + " runs, " + (accounts.transactions() + stock.transactions())
                    + " transactions meanwhile");
        }
        assertThat(runs)
                .allSatisfy(run ->
                        assertThat(captured.run(run).path("status").asText()).isEqualTo("completed"));
        for (CampaignCopy copy : copies) {
            if (copy.isShared()) {
                awaitEqual(from, copy);
            } else {
                linked.awaitConfirmed(copy.code(), PATIENCE);
            }
            campaign.say(copy.code() + " has arrived");
        }
        assertThat(linked.refusals()).isEmpty();
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

    private static void awaitFirstRows(CampaignCopy copy) {
        Awaitility.await("first rows arrive at " + copy.code())
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .until(() -> !copy.rows(TABLES.get(0)).rows().isEmpty());
    }

    private static void awaitEqual(PostgresDatabase from, CampaignCopy copy) {
        Awaitility.await(copy.code() + " arrives")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(differences(from, copy)).isEmpty());
    }

    private static List<String> differences(PostgresDatabase from, CampaignCopy copy) {
        return TABLES.stream()
                .flatMap(table -> Checksums.of(from.query(table.checksums("")))
                        .differencesOf(copy.code() + " " + table.name(), copy.rows(table))
                        .stream())
                .toList();
    }
}
