package io.millrace.http;

import java.io.IOException;
import java.net.BindException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.glassfish.jersey.server.spi.internal.ValueParamProvider;
import org.glassfish.jersey.servlet.ServletContainer;
import org.glassfish.jersey.servlet.spi.AsyncContextDelegateProvider;

/** The HTTP server: Jetty for the wire, Jersey for finding the resource method, hand-made resources. */
public final class ApiServer implements AutoCloseable {
    private static final int MOST_THREADS = 64;
    private static final int LEAST_THREADS = 4;

    /** What a request may keep a thread waiting for its next byte. */
    private static final Duration SLOWEST_BYTE = Duration.ofSeconds(30);

    /**
     * How long a connection may rest between requests: longer than clients let theirs rest, so that they and not we close
     * it. A request that is sent while the other side closes is lost without an answer.
     */
    private static final Duration LONGEST_REST = Duration.ofMinutes(30);

    private static final UriCompliance.Violation[] ESCAPES_IN_NAMES = {
        UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
        UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
        UriCompliance.Violation.AMBIGUOUS_PATH_PARAMETER,
        UriCompliance.Violation.SUSPICIOUS_PATH_CHARACTERS
    };

    /** The first warns of every resource that is an instance, as ours are; the second of every client that went away. */
    private static final List<Logger> NOISE = List.of(
            Logger.getLogger("org.glassfish.jersey.internal.inject.Providers"),
            Logger.getLogger("org.glassfish.jersey.server.ServerRuntime"));

    static {
        NOISE.forEach(logger -> logger.setLevel(Level.OFF));
    }

    private final Server server;
    private final ServerConnector connector;

    /**
     * Prepares a server; nothing listens yet.
     *
     * @param bind address to listen on
     * @param port port to listen on, 0 for any free one
     * @param requestIds makes the {@code X-Request-Id} of each answer
     */
    public ApiServer(String bind, int port, Supplier<String> requestIds, Api api) {
        Routes.of(api.resources());
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, LEAST_THREADS);
        threads.setName("http");
        server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setIdleTimeout(SLOWEST_BYTE.toMillis());
        // Names in paths may hold an escaped slash; Jersey gets the raw path, so nothing is ambiguous for it.
        http.setUriCompliance(UriCompliance.RFC3986.with("names-in-paths", ESCAPES_IN_NAMES));
        http.addCustomizer(new IncomingRequest(requestIds));
        connector = new LingeringConnector(server, new HttpConnectionFactory(http));
        connector.setHost(bind);
        connector.setPort(port);
        connector.setIdleTimeout(LONGEST_REST.toMillis());
        server.addConnector(connector);
        server.setErrorHandler(new WireErrors(requestIds));
        ServletContextHandler context = new ServletContextHandler("/", false, false);
        context.getServletHandler().setDecodeAmbiguousURIs(true);
        ServletHolder servlet = new ServletHolder(new ServletContainer(jersey(api)));
        // Streams of events go on after their resource method has returned.
        servlet.setAsyncSupported(true);
        context.addServlet(servlet, "/*");
        context.setErrorHandler(new WireErrors(requestIds));
        server.setHandler(context);
    }

    /** Starts to listen; throws {@link BindException} when the address cannot be had. */
    public void start() throws IOException {
        try {
            server.start();
        } catch (IOException e) {
            // Jetty wraps the reason.
            throw e.getCause() instanceof BindException reason ? reason : e;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP server does not start", e);
        }
    }

    /** Returns the port that is listened on. */
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP server does not stop", e);
        }
    }

    /** Gives every connection an end that lets the client read its last answer. */
    private static final class LingeringConnector extends ServerConnector {
        LingeringConnector(Server server, HttpConnectionFactory http) {
            super(server, 1, 1, http);
        }

        @Override
        protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
            LingeringEndPoint connection =
                    new LingeringEndPoint(channel, selector, key, getScheduler(), this::isRunning);
            connection.setIdleTimeout(getIdleTimeout());
            return connection;
        }
    }

    private static ResourceConfig jersey(Api api) {
        ResourceConfig config = new ResourceConfig();
        config.addProperties(Map.of(
                ServerProperties.WADL_FEATURE_DISABLE, true,
                ServerProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true,
                ServerProperties.METAINF_SERVICES_LOOKUP_DISABLE, true,
                ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, true,
                ServerProperties.OUTBOUND_CONTENT_LENGTH_BUFFER, 64 * 1024));
        config.register(new RequestGate());
        config.register(new AccessFilter(api.authenticator(), api.readiness()));
        config.register(new JsonWriter());
        config.register(new ProblemMapper(api.readiness()));
        config.register(new ProblemForms(api.forms()));
        config.register(new AnswerLog(api.listener()));
        config.register(new UnreadBody());
        config.register(new AbstractBinder() {
            @Override
            protected void configure() {
                bind(new RequestArguments()).to(ValueParamProvider.class);
                bind(new AsyncAnswers()).to(AsyncContextDelegateProvider.class);
            }
        });
        List.copyOf(api.resources()).forEach(config::register);
        return config;
    }
}
