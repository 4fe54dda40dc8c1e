package io.millrace.connect.sinks.clickhouse;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.connect.errors.ConnectException;

/** The HTTP interface of a server. Used by one thread. */
final class ClickHouse {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);
    private static final Duration ANSWER_WITHIN = Duration.ofMinutes(2);
    private static final int MOST_QUOTED = 500;

    /**
     * Answers come when the work is done; text of times may have a fraction; what is null where it
     * cannot be is the column's default; and what is read can be written again without loss.
     */
    private static final String SETTINGS = "&wait_end_of_query=1&date_time_input_format=best_effort"
            + "&input_format_null_as_default=1&input_format_skip_unknown_fields=0"
            + "&output_format_json_quote_64bit_integers=0&output_format_json_quote_decimals=1"
            + "&output_format_json_quote_denormals=1";

    private final ClickHouseSettings settings;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_WITHIN)
            .build();

    ClickHouse(ClickHouseSettings settings) {
        this.settings = settings;
    }

    /** Runs a statement and returns its answer. */
    String ask(String statement) throws ClickHouseException {
        return post("", statement);
    }

    /** Runs an {@code INSERT} that ends with its format. */
    void insert(String statement, String rows) throws ClickHouseException {
        post("&query=" + encoded(statement), rows);
    }

    private String post(String query, String body) throws ClickHouseException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(settings.url() + "?database=" + encoded(settings.database()) + SETTINGS + query))
                .timeout(ANSWER_WITHIN)
                .header("X-ClickHouse-User", settings.login().user())
                .header("X-ClickHouse-Key", settings.login().password().value())
                .header("Content-Type", "text/plain; charset=UTF-8")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer;
        try {
            answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new ClickHouseException(
                    "ClickHouse at " + settings.url().getAuthority() + " does not answer: "
                            + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClickHouseException("Interrupted while ClickHouse was to answer", e);
        }
        int code = answer.headers()
                .firstValue("X-ClickHouse-Exception-Code")
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(Integer::valueOf)
                .orElse(0);
        if (answer.statusCode() == 200 && code == 0) {
            return answer.body();
        }
        // Who stands before ClickHouse has no codes.
        boolean turnedAway = code == 0 && (answer.statusCode() == 401 || answer.statusCode() == 403);
        int reason = turnedAway ? ClickHouseException.NOT_LET_IN : code;
        throw failed(
                new ClickHouseException(reason, "ClickHouse answered " + answer.statusCode() + quoted(answer.body())));
    }

    private ClickHouseException failed(ClickHouseException failure) {
        if (failure.isOfLogin()) {
            throw new ConnectException(
                    "ClickHouse at " + settings.url().getAuthority() + " does not let user '"
                            + settings.login().user()
                            + "' in or do this; correct the user, its password or its rights. "
                            + failure.getMessage(),
                    failure);
        }
        return failure;
    }

    private static String quoted(String body) {
        String text = body.strip();
        return text.isEmpty()
                ? ""
                : ": " + (text.length() > MOST_QUOTED ? text.substring(0, MOST_QUOTED) + "..." : text);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
