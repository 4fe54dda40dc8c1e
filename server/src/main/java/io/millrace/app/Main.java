package io.millrace.app;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Runs the platform in the foreground until it is told to end. */
public final class Main {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private static final PrintStream ERR = new PrintStream(System.err, true, StandardCharsets.UTF_8);

    private Main() {}

    public static void main(String[] arguments) {
        try {
            run(Arrays.asList(arguments));
        } catch (StartProblem e) {
            ERR.println("millrace: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void run(List<String> arguments) {
        Settings settings = SettingsReader.read(arguments, System.getenv(), home());
        Platform platform = Platform.start(settings, new EmbeddedEngines());
        EndOnSignal.close(platform);
        platform.firstCredential().ifPresent(made -> OUT.println("first credential, shown once: " + made));
        OUT.println(String.format(
                Locale.ROOT,
                "millrace ready %s kafka %s in %.1f s",
                platform.url(),
                platform.kafka(),
                sinceStart().toMillis() / 1000.0));
    }

    /** Returns the folder of the installation: where the start script says, or else where we were started. */
    private static Path home() {
        return Path.of(System.getProperty("millrace.home", "."));
    }

    /** Since the start of the JVM; the process is older when the script that it was has built something first. */
    private static Duration sinceStart() {
        return Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
    }
}
