package io.millrace.it;

import io.millrace.testkit.MillraceLaunch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.awaitility.Awaitility;

/** How much harm a campaign does, and the random moments at which it does it. */
final class Campaign {
    /** Kept, so that every build does the same; {@code -Dmillrace.seed=} asks for another. */
    private static final long USUAL_SEED = 20_261_123;

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

    /** Returns at a random moment within the given time. */
    void randomMoment(Duration within) {
        Duration delay = Duration.ofMillis(random.nextLong(1, within.toMillis()));
        Awaitility.await().pollDelay(delay).atMost(delay.plusSeconds(10)).until(() -> true);
    }

    void say(String line) {
        System.out.println("[campaign] " + line);
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
