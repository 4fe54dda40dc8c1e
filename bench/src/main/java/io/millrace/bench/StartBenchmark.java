package io.millrace.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.demo.Api;
import io.millrace.demo.DemoFailure;
import io.millrace.demo.Pace;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.io.IOException;
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
    private static final Duration SETTLE = Duration.ofSeconds(20);
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
                    PlatformProcess platform = PlatformProcess.start(data)) {
                capture(platform.api(), postgres.createDatabase());
                return List.of(
                        Figure.told("start to the ready line, median of " + starts, times[starts / 2], "s"),
                        Figure.atMost(MOST_SECONDS, "start to the ready line, slowest", times[starts - 1], "s"),
                        idleCorePercent(platform),
                        Figure.atMost(
                                MOST_MEBIBYTES, "resident memory, one source", platform.residentMebibytes(), "MiB"));
            }
        }
    }

    private static double startOnce(Path data) throws IOException {
        try (PlatformProcess platform = PlatformProcess.start(data)) {
            return platform.untilReady().toMillis() / 1000.0;
        }
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

    private Figure idleCorePercent(PlatformProcess platform) {
        progress.tell("one source runs; " + SETTLE.plus(IDLE).toSeconds() + " s of quiet");
        pace.rest(SETTLE);
        Duration before = platform.processorTime();
        long began = System.nanoTime();
        pace.rest(IDLE);
        double share = (double) platform.processorTime().minus(before).toNanos() / (System.nanoTime() - began);
        return Figure.atMost(MOST_CORE_PERCENT, "idle load, one source", share * 100, "% of a core");
    }

    private static boolean isActive(JsonNode source) {
        return source.path("connector_status").asText().equals("Active");
    }

    private static String seconds(double value) {
        return String.format(Locale.ROOT, "%.2f s", value);
    }
}
