package io.millrace.app;

import io.millrace.engine.Engine;
import io.millrace.engine.EngineException;
import io.millrace.http.ApiServer;
import java.io.IOException;
import java.net.BindException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole platform in this process, from the data folder to the REST API. */
public final class Platform implements AutoCloseable {
    /** What has been started, last first. */
    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    private final Settings settings;
    private Optional<String> firstCredential = Optional.empty();
    private String kafka = "";
    private int port;

    private Platform(Settings settings) {
        this.settings = settings;
    }

    /** Starts everything and returns when it is ready; throws {@link StartProblem} and leaves nothing running when it cannot. */
    public static Platform start(Settings settings, EngineStarter engines) {
        Platform platform = new Platform(settings);
        try {
            platform.startAll(engines);
            return platform;
        } catch (StartProblem e) {
            platform.close();
            throw e;
        } catch (EngineException | IllegalArgumentException e) {
            platform.close();
            throw new StartProblem(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            platform.close();
            throw new StartProblem("the data folder " + settings.data() + " cannot be used: " + e, e);
        } catch (RuntimeException e) {
            platform.close();
            throw e;
        }
    }

    /** Returns the address of the REST API. */
    public String url() {
        String host = settings.bind().contains(":") ? "[" + settings.bind() + "]" : settings.bind();
        return "http://" + host + ":" + port;
    }

    /** Returns the address of the broker, for clients. */
    public String kafka() {
        return kafka;
    }

    /** Returns the credential that was made by this start, to be shown once. */
    public Optional<String> firstCredential() {
        return firstCredential;
    }

    /** Stops everything within ten seconds, in the opposite order; does nothing the second time. */
    @Override
    public void close() {
        while (!started.isEmpty()) {
            AutoCloseable next = started.pop();
            try {
                next.close();
            } catch (Exception e) {
                log().error("{} did not stop in order", next.getClass().getSimpleName(), e);
            }
        }
    }

    private void startAll(EngineStarter engines) throws IOException {
        DataFolder folder = begun(DataFolder.take(settings.data()));
        Logging.into(folder.resolve("logs"));
        LateSecrets secrets = new LateSecrets();
        StartingEngine starting =
                StartingEngine.begin(() -> engines.start(settings, folder.resolve("engine"), secrets));
        started.push(starting);
        started.push(secrets);
        EngineSlot slot = new EngineSlot();
        Wiring wiring = new Wiring(settings, folder, slot);
        // Of the wiring, what works on the data plane ends first and the store last.
        started.push(wiring);
        firstCredential =
                wiring.access().ensureAdmin(settings.clientId(), settings.secret(), folder.resolve("credentials.json"));
        ApiServer server = new ApiServer(settings.bind(), settings.port(), wiring.ids()::next, wiring.api());
        started.push(server);
        listen(server);
        wiring.listens(url());
        secrets.answerFrom(wiring.secrets());
        // From here on the API outlives the data plane, whose converters may still ask for schemas.
        started.remove(starting);
        started.push(starting);
        Engine engine = starting.await();
        slot.fill(engine);
        kafka = engine.kafka().bootstrapServers();
        started.push(wiring::end);
        wiring.begin();
    }

    /** The log is in the data folder, so nothing may be logged before that is ours. */
    private static Logger log() {
        return LoggerFactory.getLogger(Platform.class);
    }

    private <T extends AutoCloseable> T begun(T part) {
        started.push(part);
        return part;
    }

    private void listen(ApiServer server) throws IOException {
        try {
            server.start();
            port = server.port();
        } catch (BindException e) {
            throw new StartProblem(
                    "port " + settings.port() + " on " + settings.bind()
                            + " is taken or not of this machine; stop what listens there or choose another with --port or"
                            + " --bind",
                    e);
        } catch (IOException | UnresolvedAddressException e) {
            throw new StartProblem(
                    "cannot listen on " + settings.bind() + ":" + settings.port() + " (" + e
                            + "); choose another address with --bind or --port",
                    e);
        }
    }
}
