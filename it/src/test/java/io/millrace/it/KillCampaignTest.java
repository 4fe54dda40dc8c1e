package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testkit.MariaDbServer;
import io.millrace.testkit.MillraceProcess;
import io.millrace.testkit.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** S1, S2, S3, S4 and S6 while the whole process is killed, again and again, in the middle of snapshots. */
class KillCampaignTest {
    private static final int KILLS = Campaign.kills(10, 100);
    private static final int ROWS = 60_000;
    private static final String TABLE = "accounts";

    @Test
    void noKillLosesARowOrTurnsOneBack(@TempDir Path folder) throws Exception {
        campaign(new PostgresCampaign(PostgresServer.shared(18).createDatabase()), folder, Duration.ofSeconds(3));
    }

    @Test
    void noKillLosesARowOfMariaDbOrTurnsOneBack(@TempDir Path folder) throws Exception {
        campaign(new MariaDbCampaign(MariaDbServer.shared().createDatabase()), folder, Duration.ofSeconds(1));
    }

    private static void campaign(CampaignDatabase database, Path folder, Duration within) throws Exception {
        Campaign campaign = Campaign.begin("kills during snapshots of " + database.name());
        database.createTable(TABLE, ROWS);
        Path data = Files.createDirectory(folder.resolve("data"));
        try (MillraceProcess platform =
                MillraceProcess.start(Campaign.launch(data).environment(Map.of("MILLRACE_FORMAT", "json")))) {
            CapturedTable captured = CapturedTable.of(platform, database, TABLE);
            List<String> runs = new ArrayList<>();
            try (Traffic traffic = Traffic.on(database, TABLE, ROWS, campaign.seed())) {
                runs.add(captured.execute());
                campaign.kill(KILLS, within, platform, captured, runs);
                captured.awaitOver(last(runs));
                campaign.say(traffic.transactions() + " transactions meanwhile");
            }

            TopicOracle oracle = captured.replay();
            campaign.say(
                    runs.size() + " runs, " + oracle.records() + " records, " + oracle.reads() + " rows of snapshots");
            assertThat(oracle.complaintsAgainst(database, TABLE)).isEmpty();
            assertThat(runs).allSatisfy(run -> assertThat(
                            captured.run(run).path("status").asText())
                    .isEqualTo("completed"));
            // S4, and exactly once: what is counted is what was delivered, and no run delivers a row twice
            assertThat(runs.stream().mapToLong(captured::delivered).sum()).isEqualTo(oracle.reads());
            assertThat(oracle.mostReadsOfARow()).isLessThanOrEqualTo(runs.size());
        }
    }

    private static String last(List<String> runs) {
        return runs.get(runs.size() - 1);
    }
}
