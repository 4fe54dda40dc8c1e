package io.millrace.destination.clickhouse;

import io.millrace.catalogue.ConfigValues;
import io.millrace.database.Check;
import io.millrace.database.ValidationReport;
import io.millrace.destination.NetworkHost;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Asks a server for its version, and whether the database is there. */
final class ClickHouseLook {
    /** Unknown user, wrong password, access denied, authentication failed. */
    private static final Set<String> NOT_LET_IN = Set.of("192", "193", "194", "497", "516");

    private ClickHouseLook() {}

    static ValidationReport at(ConfigValues config, Duration limit) {
        List<Check> checks = new ArrayList<>();
        Optional<String> version = Optional.empty();
        NetworkHost host = ClickHouseSink.host(config);
        try {
            HttpResponse<String> answer = ask(config, host, "SELECT version()", limit.dividedBy(2));
            Optional<String> code = answer.headers().firstValue("X-ClickHouse-Exception-Code");
            checks.add(Check.passed("reach", host + " answers"));
            if (code.filter(NOT_LET_IN::contains).isPresent()
                    || answer.statusCode() == 401
                    || answer.statusCode() == 403) {
                checks.add(Check.failed(
                        "login",
                        "ClickHouse does not let user '"
                                + config.text(ClickHouseSink.USER).orElse("") + "' in (status " + answer.statusCode()
                                + code.map(number -> ", code " + number).orElse("") + ")",
                        "correct '" + ClickHouseSink.USER + "' or '" + ClickHouseSink.PASSWORD + "'"));
            } else if (answer.statusCode() != 200) {
                checks.add(Check.failed(
                        "login",
                        "ClickHouse answered " + answer.statusCode() + ": " + firstLine(answer.body()),
                        "see that '" + ClickHouseSink.PORT + "' is that of the HTTP interface"));
            } else {
                version = Optional.of(firstLine(answer.body()));
                checks.add(Check.passed("login", "The user is let in"));
                checks.add(database(config, host, limit.dividedBy(2)));
            }
        } catch (IOException e) {
            checks.add(Check.failed(
                    "reach",
                    "ClickHouse at " + host + " does not answer: "
                            + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()),
                    "start it, or correct '" + ClickHouseSink.HOST + "', '" + ClickHouseSink.PORT + "' or '"
                            + ClickHouseSink.TLS + "'"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            checks.add(Check.notReached("reach"));
        }
        return new ValidationReport(checks, version);
    }

    private static Check database(ConfigValues config, NetworkHost host, Duration limit)
            throws IOException, InterruptedException {
        String name = config.text(ClickHouseSink.DATABASE).orElse("");
        String quoted = "'" + name.replace("\\", "\\\\").replace("'", "\\'") + "'";
        HttpResponse<String> answer =
                ask(config, host, "SELECT count() FROM system.databases WHERE name = " + quoted, limit);
        return answer.statusCode() == 200 && firstLine(answer.body()).equals("1")
                ? Check.passed("database", "The database '" + name + "' is there")
                : Check.failed(
                        "database",
                        "The database '" + name + "' is not there, or the user does not see it",
                        "create it, or correct '" + ClickHouseSink.DATABASE + "'");
    }

    private static HttpResponse<String> ask(ConfigValues config, NetworkHost host, String sql, Duration limit)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create((config.isTrue(ClickHouseSink.TLS) ? "https://" : "http://") + host + "/"))
                .timeout(limit)
                .header("X-ClickHouse-User", config.text(ClickHouseSink.USER).orElse(""))
                .header("X-ClickHouse-Key", config.text(ClickHouseSink.PASSWORD).orElse(""))
                .POST(HttpRequest.BodyPublishers.ofString(sql))
                .build();
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(limit)
                .build()
                .send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("").strip();
    }
}
