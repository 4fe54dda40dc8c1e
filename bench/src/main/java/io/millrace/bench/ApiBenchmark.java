package io.millrace.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.app.EmbeddedEngines;
import io.millrace.app.Logging;
import io.millrace.app.Platform;
import io.millrace.demo.Api;
import io.millrace.demo.DemoFailure;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Listing of sources when there are many. The platform runs in this process, so that its calls to the data plane can be
 * counted; the sources are saved and not deployed.
 *
 * @param sources how many there are
 * @param requests how many listings are timed, after a quarter of that to warm up
 */
record ApiBenchmark(int sources, int requests, Progress progress) implements Benchmark {
    private static final String LISTING = "/sources?page_size=100";
    private static final double MOST_MILLIS = 25;
    private static final double MOST_CALLS = 2;

    @Override
    public List<Figure> run() throws Exception {
        AtomicReference<EngineCalls> engine = new AtomicReference<>();
        try (ThrowAwayFolder folder = ThrowAwayFolder.create("millrace-bench-")) {
            Logging.into(folder.path().resolve("logs"));
            BenchSettings settings = BenchSettings.in(folder.path().resolve("data"));
            try (Platform platform = Platform.start(settings.settings(), (given, data, secrets) -> {
                engine.set(new EngineCalls(new EmbeddedEngines().start(given, data, secrets)));
                return engine.get();
            })) {
                return measure(settings.signIn(Api.at(URI.create(platform.url()))), engine.get());
            }
        }
    }

    private List<Figure> measure(Api api, EngineCalls engine) {
        progress.tell("saving " + sources + " sources");
        for (int i = 0; i < sources; i++) {
            api.post("/sources?wait=false", source(i));
        }
        progress.tell("asking for the first page, " + requests + " times");
        time(api, requests / 4);
        long before = engine.count();
        Latencies times = time(api, requests);
        double calls = (double) (engine.count() - before) / requests;
        return List.of(
                Figure.told(
                        "sources in the store", api.get(LISTING).path("total").asInt(), ""),
                Figure.told("listings of 100, one after the other", requests, ""),
                Figure.told("p50", times.percentileMillis(50), "ms"),
                Figure.told("p95", times.percentileMillis(95), "ms"),
                Figure.atMost(MOST_MILLIS, "p99", times.percentileMillis(99), "ms"),
                Figure.atMost(MOST_CALLS, "calls to the data plane for each listing", calls, ""));
    }

    private static Latencies time(Api api, int times) {
        long[] nanos = new long[times];
        for (int i = 0; i < times; i++) {
            long began = System.nanoTime();
            int rows = api.get(LISTING).path("result").size();
            nanos[i] = System.nanoTime() - began;
            if (rows != 100) {
                throw new DemoFailure("a page of 100 sources has " + rows);
            }
        }
        return new Latencies(nanos);
    }

    private static ObjectNode source(int number) {
        ObjectNode source = new ObjectMapper().createObjectNode();
        source.put("name", "source " + number).put("connector", "postgresql").put("desired_state", "Pending");
        source.putObject("config")
                .put("database.hostname.user.defined", "127.0.0.1")
                .put("database.user", "nobody")
                .put("database.password", "nothing")
                .put("database.dbname", "db" + number)
                .put("slot.name", "slot_" + number)
                .put("publication.name", "publication_" + number)
                .put("schema.include.list", "public")
                .put("table.include.list.user.defined", "public.orders,public.customers,public.products");
        return source;
    }
}
