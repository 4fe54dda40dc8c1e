package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testkit.MillraceLaunch;
import io.millrace.testkit.MillraceProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged survives a kill -9 a moment later. */
class AcknowledgedTest {
    private static final int CLIENTS = 4;

    @TempDir
    private Path folder;

    @Test
    void noAcknowledgedWriteOfASourceOrSchemaIsLost() throws Exception {
        Campaign campaign = Campaign.begin("kills among writes");
        Path data = Files.createDirectory(folder.resolve("data"));
        // Without connectors: the writes are what counts, and it starts quickly.
        MillraceLaunch launch = MillraceLaunch.of(folder, folder.resolve("errors.txt"))
                .credential()
                .on(data);
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try (MillraceProcess platform = MillraceProcess.start(launch)) {
            List<Acknowledged> all = new ArrayList<>();
            for (int kill = 0; kill < Campaign.times(3, 50); kill++) {
                Client client = Client.of(platform);
                String round = "k" + kill;
                List<Acknowledged> writers = IntStream.range(0, CLIENTS)
                        .mapToObj(i -> new Acknowledged(round + "-" + i, client, campaign.seed() + i))
                        .toList();
                List<CompletableFuture<Void>> running = writers.stream()
                        .map(writer -> CompletableFuture.runAsync(writer, threads))
                        .toList();
                Awaitility.await("writes are acknowledged")
                        .atMost(Duration.ofMinutes(2))
                        .until(() -> writes(writers) >= 3 * CLIENTS);
                campaign.randomMoment(Duration.ofSeconds(2));
                platform.kill();
                running.forEach(CompletableFuture::join);
                all.addAll(writers);
                platform.restart();
                campaign.say("killed after " + writes(writers) + " acknowledged writes");
                Client now = Client.of(platform);
                assertThat(all).flatExtracting(writer -> writer.lostFrom(now)).isEmpty();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static int writes(List<Acknowledged> writers) {
        return writers.stream().mapToInt(Acknowledged::writes).sum();
    }
}
