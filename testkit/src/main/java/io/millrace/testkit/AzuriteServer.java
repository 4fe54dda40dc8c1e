package io.millrace.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Microsoft's emulator of Azure Blob Storage on the loopback address. It is asked by signed requests of this class, which
 * shares no code with what is tested. Thread-safe.
 */
public final class AzuriteServer implements AutoCloseable {
    /** The storage account. */
    public static final String ACCOUNT = "millracetest";

    /** The key of the account, in Base64. */
    public static final String KEY =
            Base64.getEncoder().encodeToString("millrace-test-secret".getBytes(StandardCharsets.UTF_8));

    private static final String VERSION = "2021-12-02";
    private static final Path PROGRAM = FetchedStore.program("azurite/node_modules/azurite/dist/src/blob/main.js");
    private static final Pattern NAME = Pattern.compile("<Name>([^<]+)</Name>");
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final AtomicInteger containers = new AtomicInteger();
    private final int port = FreePorts.next();
    private final Path home = FetchedStore.home("millrace-azurite-");
    private final HttpClient client = HttpClient.newHttpClient();
    private final FetchedStore process = new FetchedStore(
            "Azurite",
            List.of(
                    "node",
                    PROGRAM.toString(),
                    "--silent",
                    "--blobHost",
                    "127.0.0.1",
                    "--blobPort",
                    String.valueOf(port),
                    "--location",
                    home.resolve("data").toString()),
            Map.of("AZURITE_ACCOUNTS", ACCOUNT + ":" + KEY),
            port,
            home);

    private AzuriteServer() {}

    /** Returns why no server can be started here, if so. */
    public static Optional<String> missing() {
        return FetchedStore.missing("Azurite", PROGRAM);
    }

    /** Starts a server and waits until it takes requests. */
    public static AzuriteServer start() {
        AzuriteServer server = new AzuriteServer();
        server.restart();
        return server;
    }

    /** Starts the server again after {@link #stop}, on the same port with the same blobs. */
    public void restart() {
        process.start();
    }

    /** Ends the server; its blobs stay. */
    public void stop() {
        process.stop();
    }

    /** Returns the URL of the account. */
    public String endpoint() {
        return "http://127.0.0.1:" + port + "/" + ACCOUNT;
    }

    /** Returns a connection string with the key of the account. */
    public String connectionString() {
        return connectionString(KEY);
    }

    /** Returns a connection string with another key. */
    public String connectionString(String key) {
        return "DefaultEndpointsProtocol=http;AccountName=" + ACCOUNT + ";AccountKey=" + key + ";BlobEndpoint="
                + endpoint() + ";";
    }

    /** Makes an empty container with a name of its own. */
    public String createContainer() {
        String name = "container-" + containers.incrementAndGet();
        ask("PUT", name, Map.of("restype", "container"));
        return name;
    }

    /**
     * Returns a shared access signature of a container.
     *
     * @param permissions in the order of Azure, {@code rcw} for example
     */
    public String signature(String container, String permissions, Instant until) {
        String expiry = until.truncatedTo(ChronoUnit.SECONDS).toString();
        String toSign = String.join(
                "\n",
                permissions,
                "",
                expiry,
                "/blob/" + ACCOUNT + "/" + container,
                "",
                "",
                "",
                VERSION,
                "c",
                "",
                "",
                "",
                "",
                "",
                "",
                "");
        return "sv=" + VERSION + "&sr=c&sp=" + permissions + "&se=" + escaped(expiry) + "&sig=" + escaped(mac(toSign));
    }

    /** Returns the names of the blobs in a container, sorted. */
    public List<String> objects(String container) {
        String list = new String(
                ask("GET", container, Map.of("restype", "container", "comp", "list")), StandardCharsets.UTF_8);
        return NAME.matcher(list)
                .results()
                .map((MatchResult name) -> name.group(1))
                .sorted()
                .toList();
    }

    /** Returns a copy of a blob. */
    public Path object(String container, String name) {
        try {
            Path copy = Files.createDirectories(home.resolve("copies").resolve(container))
                    .resolve(name.replace('/', '_'));
            return Files.write(copy, ask("GET", container + "/" + escaped(name).replace("%2F", "/"), Map.of()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops the server and deletes its blobs. */
    @Override
    public void close() {
        process.close();
    }

    private byte[] ask(String method, String path, Map<String, String> query) {
        StringBuilder asked = new StringBuilder();
        StringBuilder resource = new StringBuilder("/" + ACCOUNT + "/" + ACCOUNT + "/" + path);
        query.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(one -> {
            asked.append(asked.isEmpty() ? "?" : "&").append(one.getKey() + "=" + one.getValue());
            resource.append("\n" + one.getKey() + ":" + one.getValue());
        });
        String date = MOMENT.format(Instant.now());
        String toSign = method + "\n".repeat(12) + "x-ms-date:" + date + "\nx-ms-version:" + VERSION + "\n" + resource;
        HttpRequest request = HttpRequest.newBuilder(URI.create(endpoint() + "/" + path + asked))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("x-ms-date", date)
                .header("x-ms-version", VERSION)
                .header("authorization", "SharedKey " + ACCOUNT + ":" + mac(toSign))
                .build();
        try {
            HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() / 100 != 2) {
                throw new IllegalStateException("Azurite answered " + response.statusCode() + " to " + method + " "
                        + path + ": " + new String(response.body(), StandardCharsets.UTF_8));
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while Azurite was asked", e);
        }
    }

    private static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String mac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(KEY), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HmacSHA256", e);
        }
    }
}
