package io.millrace.destination.iceberg;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.millrace.catalogue.ConfigValues;
import io.millrace.database.Check;
import io.millrace.database.ValidationReport;
import io.millrace.http.Json;
import io.millrace.objectstore.StoreException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** Asks a catalogue whether it lets the sink in, and a bucket whether it can be written; changes nothing. */
record CatalogLook(ConfigValues config, Path home, Clock clock) {
    private static final String REACH = "reach";
    private static final String LOGIN = "login";
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    /** @param limit for all of it, about */
    ValidationReport look(Duration limit) {
        Duration step = limit.dividedBy(3).compareTo(SHORTEST) < 0 ? SHORTEST : limit.dividedBy(3);
        List<Check> checks = new ArrayList<>();
        switch (IcebergSink.kind(config)) {
            case "rest" -> {
                if (config.text(IcebergSink.URI_KEY).isPresent()) {
                    rest(checks, step);
                } else {
                    checks.add(Check.failed(
                            REACH,
                            "'" + IcebergSink.URI_KEY + "' is missing.",
                            "Say the address of the REST catalogue there."));
                }
            }
            case "jdbc" -> jdbc(checks, step);
            default ->
                checks.add(Check.warned(
                        REACH,
                        "A catalogue of the type '" + IcebergSink.kind(config) + "' is not asked before the sink runs.",
                        "Its library has to be in plugins/iceberg."));
        }
        new Warehouse(home, config).bucket(clock).ifPresent(place -> checks.add(bucket(place, step)));
        return new ValidationReport(checks, Optional.empty());
    }

    private static Check bucket(Warehouse.Place place, Duration step) {
        try {
            place.bucket().tryWriting(place.prefix(), step);
            return Check.passed("bucket", "Objects can be put into the bucket '" + place.name() + "'.");
        } catch (StoreException e) {
            return Check.failed("bucket", e.problem(), e.remedy());
        }
    }

    private void jdbc(List<Check> checks, Duration step) {
        String given = IcebergSink.text(config, IcebergSink.JDBC);
        if (!given.startsWith("jdbc:postgresql:")) {
            Path nearest = home;
            while (!Files.exists(nearest) && nearest.getParent() != null) {
                nearest = nearest.getParent();
            }
            checks.add(
                    Files.isWritable(nearest)
                            ? Check.passed(REACH, "The file of the catalogue can be made.")
                            : Check.failed(
                                    REACH,
                                    "The folder of Iceberg's files cannot be written.",
                                    "Let the platform's user write its data folder."));
            return;
        }
        String[] pair = IcebergSink.text(config, IcebergSink.CREDENTIAL).split(":", 2);
        Properties login = new Properties();
        login.setProperty("user", pair[0]);
        login.setProperty("password", pair.length > 1 ? pair[1] : "");
        login.setProperty("connectTimeout", String.valueOf(step.toSeconds()));
        login.setProperty("socketTimeout", String.valueOf(step.toSeconds()));
        try (var connection = DriverManager.getConnection(given, login)) {
            checks.add(Check.passed(REACH, "The database of the catalogue lets '" + pair[0] + "' in"));
        } catch (SQLException e) {
            checks.add(Check.failed(
                    REACH,
                    "The database of the catalogue cannot be used: " + e.getMessage(),
                    "correct '" + IcebergSink.JDBC + "', or user:password in '" + IcebergSink.CREDENTIAL + "'"));
        }
    }

    private void rest(List<Check> checks, Duration step) {
        URI catalog = IcebergSink.rest(config);
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(step)
                .build();
        try {
            Optional<String> token = Optional.empty();
            if (mode().equals("oauth2")) {
                token = token(client, catalog, step, checks);
                if (token.isEmpty()) {
                    return;
                }
            } else if (mode().equals("token")) {
                token = config.text(IcebergSink.TOKEN);
            }
            settings(client, catalog, step, token, checks);
        } catch (IOException e) {
            checks.add(Check.failed(
                    REACH,
                    "The catalogue at " + catalog.getAuthority() + " does not answer: "
                            + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()),
                    "start it, or correct '" + IcebergSink.URI_KEY + "'"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            checks.add(Check.notReached(REACH));
        }
    }

    private String mode() {
        return IcebergSink.text(config, IcebergSink.LOGIN_MODE);
    }

    private static URI under(URI catalog, String path) {
        return URI.create(catalog.toString().replaceAll("/+$", "") + "/v1/" + path);
    }

    private void settings(HttpClient client, URI catalog, Duration step, Optional<String> token, List<Check> checks)
            throws IOException, InterruptedException {
        String warehouse = IcebergSink.text(config, Warehouse.NAME);
        HttpRequest.Builder request = HttpRequest.newBuilder(under(catalog, "config?warehouse=" + encoded(warehouse)))
                .timeout(step)
                .GET();
        token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        checks.add(Check.passed(REACH, catalog.getAuthority() + " answers"));
        if (answer.statusCode() == 401 || answer.statusCode() == 403) {
            checks.add(Check.failed(
                    LOGIN,
                    "The catalogue at " + catalog.getAuthority() + " does not let the destination in (status "
                            + answer.statusCode() + ")",
                    "correct '" + IcebergSink.LOGIN_MODE + "' and the keys that belong to it"));
        } else if (answer.statusCode() / 100 != 2) {
            checks.add(Check.failed(
                    LOGIN,
                    "The catalogue at " + catalog.getAuthority() + " answered " + answer.statusCode()
                            + " for the warehouse '" + warehouse + "'",
                    "correct '" + IcebergSink.URI_KEY + "' or '" + Warehouse.NAME + "'"));
        } else {
            checks.add(Check.passed(LOGIN, "The catalogue knows the warehouse"));
        }
    }

    private Optional<String> token(HttpClient client, URI catalog, Duration step, List<Check> checks)
            throws IOException, InterruptedException {
        String[] pair = IcebergSink.text(config, IcebergSink.CREDENTIAL).split(":", 2);
        String form = "grant_type=client_credentials&scope=" + encoded(IcebergSink.text(config, IcebergSink.SCOPE))
                + (pair.length > 1
                        ? "&client_id=" + encoded(pair[0]) + "&client_secret=" + encoded(pair[1])
                        : "&client_secret=" + encoded(pair[0]));
        HttpRequest request = HttpRequest.newBuilder(under(catalog, "oauth/tokens"))
                .timeout(step)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        Optional<String> token = answer.statusCode() / 100 == 2 ? accessToken(answer.body()) : Optional.empty();
        if (token.isEmpty()) {
            checks.add(Check.failed(
                    LOGIN,
                    "The catalogue at " + catalog.getAuthority() + " gave no token (status " + answer.statusCode()
                            + ")",
                    "correct '" + IcebergSink.CREDENTIAL + "' or '" + IcebergSink.SCOPE + "'"));
        }
        return token;
    }

    private static Optional<String> accessToken(String body) {
        try {
            return Optional.of(Json.mapper().readTree(body).path("access_token").asText(""))
                    .filter(token -> !token.isEmpty());
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
