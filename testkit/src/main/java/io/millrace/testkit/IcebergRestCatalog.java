package io.millrace.testkit;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Files;
import org.apache.iceberg.StaticTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.rest.CatalogHandlers;
import org.apache.iceberg.rest.RESTSerializers;
import org.apache.iceberg.rest.requests.CreateNamespaceRequest;
import org.apache.iceberg.rest.requests.CreateTableRequest;
import org.apache.iceberg.rest.requests.UpdateTableRequest;
import org.apache.iceberg.rest.responses.ConfigResponse;
import org.apache.iceberg.rest.responses.ErrorResponse;
import org.apache.iceberg.rest.responses.LoadTableResponse;
import org.apache.iceberg.rest.responses.OAuthTokenResponse;

/**
 * A REST catalogue of Iceberg tables on the loopback address: the library's own handlers of requests behind a few routes. It
 * asks for a token, and lends the keys of the store in which the tables are.
 */
public final class IcebergRestCatalog implements AutoCloseable {
    /** What is asked of whoever calls. */
    public static final String TOKEN = "millrace-test-token";

    /** What the token is given for: {@code client_id:client_secret}. */
    public static final String CREDENTIAL = "millrace:millrace-test-credential";

    private static final ObjectMapper JSON = new ObjectMapper()
            .setVisibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
            .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)
            .setPropertyNamingStrategy(new PropertyNamingStrategies.KebabCaseStrategy());

    static {
        RESTSerializers.registerAll(JSON);
    }

    private final InMemoryCatalog catalog = new InMemoryCatalog();
    private final Map<String, String> lent;
    private final S3Server store;
    private final HttpServer server;

    private IcebergRestCatalog(S3Server store, String bucket, boolean lends) throws IOException {
        this.store = store;
        lent = lends
                ? Map.of(
                        "s3.access-key-id",
                        S3Server.KEY,
                        "s3.secret-access-key",
                        S3Server.SECRET,
                        "s3.endpoint",
                        store.endpoint(),
                        "client.region",
                        "us-east-1")
                : Map.of();
        catalog.initialize("test", Map.of("warehouse", "s3://" + bucket + "/warehouse"));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /**
     * Starts a catalogue of tables in a bucket.
     *
     * @param lends whether it lends the key of the store to who writes tables
     */
    public static IcebergRestCatalog start(S3Server store, String bucket, boolean lends) {
        try {
            return new IcebergRestCatalog(store, bucket, lends);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the address. */
    public String uri() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Returns whether there is a table. */
    public boolean has(String namespace, String table) {
        return catalog.tableExists(named(namespace, table));
    }

    private static TableIdentifier named(String namespace, String table) {
        return TableIdentifier.of(Namespace.of(namespace.split("\\.")), table);
    }

    /** Returns a table as it is now; its files are read from the disk of the store. */
    public Table table(String namespace, String table) {
        BaseTable found = (BaseTable) catalog.loadTable(named(namespace, table));
        return new BaseTable(new StaticTableOperations(found.operations().current(), new Disk(this)), table);
    }

    /** Returns the file on disk that is an object of the store. */
    public Path file(String location) {
        String[] parts = location.replaceFirst("s3://", "").split("/", 2);
        return store.object(parts[0], parts[1]);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private record Answer(int status, Optional<Object> body) {}

    private void answer(HttpExchange exchange) throws IOException {
        Answer answer;
        try {
            answer = answered(exchange);
        } catch (NoSuchTableException | NoSuchNamespaceException e) {
            answer = failure(404, e);
        } catch (AlreadyExistsException | CommitFailedException e) {
            answer = failure(409, e);
        } catch (RuntimeException e) {
            answer = failure(500, e);
        }
        boolean silent =
                exchange.getRequestMethod().equals("HEAD") || answer.body().isEmpty();
        byte[] body =
                silent ? new byte[0] : JSON.writeValueAsBytes(answer.body().get());
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.status(), silent ? -1 : body.length);
        if (!silent) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private static Answer failure(int status, Exception e) {
        return new Answer(
                status,
                Optional.of(ErrorResponse.builder()
                        .responseCode(status)
                        .withType(e.getClass().getSimpleName())
                        .withMessage(String.valueOf(e.getMessage()))
                        .build()));
    }

    private static Answer found(Object body) {
        return new Answer(200, Optional.of(body));
    }

    private Answer answered(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI().getPath().split("/");
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String call = exchange.getRequestMethod() + " " + String.join("/", Arrays.copyOfRange(path, 2, path.length));
        if (call.equals("POST oauth/tokens")) {
            return token(body);
        }
        if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            return failure(401, new IllegalArgumentException("The token is not known"));
        }
        if (call.equals("GET config")) {
            return found(ConfigResponse.builder().build());
        }
        if (call.equals("POST namespaces")) {
            return found(CatalogHandlers.createNamespace(catalog, JSON.readValue(body, CreateNamespaceRequest.class)));
        }
        Namespace namespace = Namespace.of(path[3].split("\u001f"));
        if (path.length == 4) {
            return found(CatalogHandlers.loadNamespace(catalog, namespace));
        }
        if (path.length == 5) {
            return found(lending(
                    CatalogHandlers.createTable(catalog, namespace, JSON.readValue(body, CreateTableRequest.class))));
        }
        if (path.length == 7) {
            return new Answer(204, Optional.empty());
        }
        TableIdentifier table = TableIdentifier.of(namespace, path[5]);
        if (exchange.getRequestMethod().equals("POST")) {
            return found(CatalogHandlers.updateTable(catalog, table, JSON.readValue(body, UpdateTableRequest.class)));
        }
        BaseTable loaded = (BaseTable) catalog.loadTable(table);
        return found(lending(LoadTableResponse.builder()
                .withTableMetadata(loaded.operations().current())
                .build()));
    }

    private LoadTableResponse lending(LoadTableResponse table) {
        return LoadTableResponse.builder()
                .withTableMetadata(table.tableMetadata())
                .addAllConfig(lent)
                .build();
    }

    private static Answer token(String form) {
        Map<String, String> fields = new HashMap<>();
        for (String field : form.split("&")) {
            String[] pair = field.split("=", 2);
            fields.put(pair[0], pair[1]);
        }
        String given = fields.get("client_id") + ":" + fields.get("client_secret");
        return given.equals(CREDENTIAL)
                ? found(OAuthTokenResponse.builder()
                        .withToken(TOKEN)
                        .withTokenType("bearer")
                        .build())
                : failure(401, new IllegalArgumentException("The client is not known"));
    }

    /** Objects of the store, as files of its disk. */
    private record Disk(IcebergRestCatalog catalog) implements FileIO {
        @Override
        public InputFile newInputFile(String location) {
            return Files.localInput(catalog.file(location).toFile());
        }

        @Override
        public OutputFile newOutputFile(String location) {
            throw new UnsupportedOperationException("Tables are only read here");
        }

        @Override
        public void deleteFile(String location) {
            throw new UnsupportedOperationException("Tables are only read here");
        }
    }
}
