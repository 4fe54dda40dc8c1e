package io.millrace.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.demo.Api;
import io.millrace.demo.DemoFailure;
import io.millrace.demo.Pace;
import io.millrace.testkit.MillraceLaunch;
import io.millrace.testkit.MillraceProcess;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Start, memory and idle load of a whole platform. The starts are warm: jars and archive were read before, and the data
 * folder is that of the start before.
 *
 * @param starts how often the platform is started, after one start that is not counted
 */
record StartBenchmark(int starts, Pace pace, Progress progress) implements Benchmark {
    private static final double MOST_SECONDS = 5;
    private static final double MOST_MEBIBYTES = 450;
    private static final double MOST_CORE_PERCENT = 8;
    private static final Duration SETTLE = Duration.ofSeconds(60);
    private static final Duration IDLE = Duration.ofSeconds(30);

    @Override
    public List<Figure> run() throws IOException {
        try (ThrowAwayFolder folder = ThrowAwayFolder.create("millrace-bench-")) {
            Path data = folder.path().resolve("data");
            progress.tell("first start, which makes the data folder: " + seconds(startOnce(data)));
            double[] times = new double[starts];
            for (int i = 0; i < starts; i++) {
                times[i] = startOnce(data);
                progress.tell("start " + (i + 1) + " of " + starts + ": " + seconds(times[i]));
            }
            Arrays.sort(times);
            try (PostgresServer postgres = PostgresServer.start(18);
                    MillraceProcess platform = MillraceProcess.start(launch(data))) {
                Api api = Api.at(platform.url()).signIn(MillraceLaunch.CLIENT_ID, MillraceLaunch.SECRET);
                capture(api, postgres.createDatabase());
                return List.of(
                        Figure.told("start to the ready line, median of " + starts, times[starts / 2], "s"),
                        Figure.atMost(MOST_SECONDS, "start to the ready line, slowest", times[starts - 1], "s"),
                        idleCorePercent(platform),
                        Figure.atMost(
                                MOST_MEBIBYTES, "resident memory, one source", residentMebibytes(platform), "MiB"));
            }
        }
    }

    private static double startOnce(Path data) throws IOException {
        try (MillraceProcess platform = MillraceProcess.start(launch(data))) {
            double seconds = platform.untilReady().toMillis() / 1000.0;
            platform.stop();
            return seconds;
        }
    }

    /** The platform with the options of this process, which are those of {@code ./millrace}. */
    private static MillraceLaunch launch(Path data) {
        return MillraceLaunch.of(Path.of(System.getProperty("millrace.home")), data.resolveSibling("errors.txt"))
                .options(ManagementFactory.getRuntimeMXBean().getInputArguments())
                .credential()
                .on(data);
    }

    private void capture(Api api, PostgresDatabase database) {
        database.execute("CREATE TABLE quiet (id bigint PRIMARY KEY)");
        ObjectNode source = new ObjectMapper().createObjectNode();
        source.put("name", "quiet").put("connector", "postgresql");
        source.putObject("config")
                .put("database.hostname.user.defined", "127.0.0.1")
                .put("database.port.user.defined", database.server().port())
                .put("database.user", PostgresServer.USER)
                .put("database.password", PostgresServer.PASSWORD)
                .put("database.dbname", database.name())
                .put("database.sslmode", "disable")
                .put("schema.include.list", "public")
                .put("table.include.list.user.defined", "public.quiet");
        String path = "/sources/" + api.post("/sources", source).path("id").asText();
        if (pace.await(
                        Duration.ofSeconds(60),
                        () -> api.get(path).path("result").path(0),
                        StartBenchmark::isActive)
                .isEmpty()) {
            throw new DemoFailure("the source did not become Active");
        }
    }

    private Figure idleCorePercent(MillraceProcess platform) {
        progress.tell("one source runs; " + SETTLE.plus(IDLE).toSeconds() + " s of quiet");
        pace.rest(SETTLE);
        Duration before = processorTime(platform);
        long began = System.nanoTime();
        pace.rest(IDLE);
        double share = (double) processorTime(platform).minus(before).toNanos() / (System.nanoTime() - began);
        return Figure.atMost(MOST_CORE_PERCENT, "idle load, one source", share * 100, "% of a core");
    }

    private static Duration processorTime(MillraceProcess platform) {
        return platform.handle().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Returns the memory of the process that is in RAM now. */
    private static double residentMebibytes(MillraceProcess platform) throws IOException {
        long id = platform.handle().pid();
        for (String line : Files.readAllLines(Path.of("/proc", String.valueOf(id), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
            }
        }
        throw new IOException("the system does not tell the memory of process " + id);
    }

    private static boolean isActive(JsonNode source) {
        return source.path("connector_status").asText().equals("Active");
    }

    private static String seconds(double value) {
        return String.format(Locale.ROOT, "%.2f s", value);
    }
}
