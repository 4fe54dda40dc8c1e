package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testkit.MillraceLaunch;
import io.millrace.testkit.MillraceProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;

/** How much harm a campaign does, and the random moments at which it does it. */
final class Campaign {
    /** Kept, so that every build does the same; {@code -Dmillrace.seed=} asks for another. */
    private static final long USUAL_SEED = 20_261_123;

    private final long began = System.nanoTime();
    private final long seed = Long.getLong("millrace.seed", USUAL_SEED);
    private final Random random = new Random(seed);

    /** Begins a campaign and prints its seed. */
    static Campaign begin(String name) {
        Campaign campaign = new Campaign();
        campaign.say(name + " with seed " + campaign.seed);
        return campaign;
    }

    long seed() {
        return seed;
    }

    /** Returns the fixed number of a usual build, or the full one of {@code ./millrace soak}. */
    static int times(int usually, int inSoak) {
        return Boolean.getBoolean("millrace.soak") ? inSoak : usually;
    }

    /** As {@link #times}, of kills; {@code -Dmillrace.kills=} asks for another number in any build. */
    static int kills(int usually, int inSoak) {
        return Integer.getInteger("millrace.kills", times(usually, inSoak));
    }

    /** Returns at a random moment within the given time. */
    void randomMoment(Duration within) {
        Duration delay = Duration.ofMillis(random.nextLong(1, within.toMillis()));
        Awaitility.await().pollDelay(delay).atMost(delay.plusSeconds(10)).until(() -> true);
    }

    /**
     * Kills the process, each time while a snapshot runs, and starts it again. A run that is over makes room for a next one.
     *
     * @param within how long after progress of the snapshot at most
     * @param runs the snapshot that runs; those that follow are added
     */
    void kill(int kills, Duration within, MillraceProcess platform, CapturedTable captured, List<String> runs) {
        for (int killed = 0; killed < kills; ) {
            captured.awaitProgress(last(runs));
            randomMoment(within);
            if (captured.isOver(last(runs))) {
                // the last rows may have left before the kill; then the source is not up again yet
                captured.awaitActive();
                runs.add(captured.execute());
                continue;
            }
            long rows = captured.delivered(last(runs));
            platform.kill();
            Duration ready = platform.restart();
            killed++;
            say("kill " + killed + " of " + kills + " in run " + runs.size() + " at " + rows + " rows, ready again in "
                    + ready.toMillis() + " ms");
            captured.reconnect();
            // S5 and S6: what was delivered stays counted, and the run goes on by itself
            assertThat(captured.delivered(last(runs))).isGreaterThanOrEqualTo(rows);
        }
    }

    private static String last(List<String> runs) {
        return runs.get(runs.size() - 1);
    }

    /** Prints what happened, with the seconds since the campaign began. */
    void say(String line) {
        System.out.println("[campaign] " + (System.nanoTime() - began) / 1_000_000_000 + " s: " + line);
    }

    /** Returns a launch with the plugins of this build, on a data folder, with a known credential. */
    static MillraceLaunch launch(Path data) {
        return MillraceLaunch.of(home(), data.resolveSibling(data.getFileName() + "-errors.txt"))
                .credential()
                .on(data);
    }

    /** Returns the folder with the plugins of this build. */
    static Path home() {
        Path home = Path.of("..", "plugins", "target").toAbsolutePath().normalize();
        if (!Files.isDirectory(home.resolve("plugins"))) {
            throw new IllegalStateException(
                    "There are no plugins in " + home + ". Build them: mvn -pl it -am package -DskipTests");
        }
        return home;
    }
}
