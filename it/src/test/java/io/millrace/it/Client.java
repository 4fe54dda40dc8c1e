package io.millrace.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.testkit.MillraceLaunch;
import io.millrace.testkit.MillraceProcess;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;

/** A client of the REST API that takes every answer as it comes, also none. Thread-safe. */
record Client(URI base, String token, HttpClient http) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** An answer as it came. */
    record Answer(int status, JsonNode body) {}

    /** Signs in with the credential of a test's platform. */
    static Client of(MillraceProcess platform) {
        Client anyone = new Client(platform.url(), "", HttpClient.newHttpClient());
        ObjectNode login = JSON.createObjectNode()
                .put("client_id", MillraceLaunch.CLIENT_ID)
                .put("secret", MillraceLaunch.SECRET);
        return new Client(
                anyone.base(),
                anyone.send("POST", "/auth/access-token", login)
                        .orElseThrow()
                        .body()
                        .path("accessToken")
                        .asText(),
                anyone.http());
    }

    /** Returns the answer; nothing when the connection ended before there was one. */
    Optional<Answer> send(String method, String path, JsonNode body) {
        return send(method, path, HttpRequest.BodyPublishers.ofString(body.toString()));
    }

    /** As above, without a body. */
    Optional<Answer> send(String method, String path) {
        return send(method, path, HttpRequest.BodyPublishers.noBody());
    }

    private Optional<Answer> send(String method, String path, HttpRequest.BodyPublisher body) {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, body)
                .build();
        HttpResponse<String> answer;
        try {
            answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        try {
            return Optional.of(new Answer(answer.statusCode(), JSON.readTree(answer.body())));
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path + " answered what is no JSON", e);
        }
    }

    /** Returns the body of a new source for tables of a database. */
    static ObjectNode source(String name, PostgresDatabase database, String tables) {
        ObjectNode body = JSON.createObjectNode().put("name", name).put("connector", "postgresql");
        body.putObject("config")
                .put("database.hostname.user.defined", "127.0.0.1")
                .put("database.port.user.defined", database.server().port())
                .put("database.user", PostgresServer.USER)
                .put("database.password", PostgresServer.PASSWORD)
                .put("database.dbname", database.name())
                .put("database.sslmode", "disable")
                .put("slot.name", "slot_" + database.name())
                .put("publication.name", "pub_" + database.name())
                .put("schema.include.list", "public")
                .put("table.include.list.user.defined", tables)
                .put("streamkap.snapshot.chunk.size.bytes", 32768)
                .put("streamkap.snapshot.state.refresh.ms", 1000);
        return body;
    }
}
