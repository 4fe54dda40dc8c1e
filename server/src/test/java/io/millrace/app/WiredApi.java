package io.millrace.app;

import io.millrace.engine.Engine;
import io.millrace.http.Routes;
import io.millrace.http.Routes.Route;
import io.millrace.http.TestApi;
import io.millrace.http.TestApi.Answer;
import io.millrace.secret.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All resources of the platform, served with a store but without a data plane: for what is answered before a service is
 * called, which is access and shape.
 */
final class WiredApi implements AutoCloseable {
    /** Below this path another contract counts. */
    private static final String CONFLUENT = "/schema-registry/confluent";

    private final DataFolder folder;
    private final Wiring wiring;
    private final TestApi api;
    private final Map<String, String> tokens = new HashMap<>();

    WiredApi(Path data) throws IOException {
        this(data, new EngineSlot());
    }

    /** Serves them over a data plane. */
    WiredApi(Path data, Engine engine) throws IOException {
        Settings settings = Settings.defaults(data, data);
        folder = DataFolder.take(data);
        wiring = new Wiring(settings, folder, engine);
        wiring.access()
                .ensureAdmin(Optional.of("root"), Optional.of(Secret.of("pass")), folder.resolve("credentials.json"));
        wiring.readiness().begin();
        api = TestApi.of(wiring.api());
    }

    /** Returns what is routed and belongs to the contract. */
    List<Route> routes() {
        return Routes.of(wiring.api().resources()).stream()
                .filter(route -> !route.path().startsWith(CONFLUENT))
                .toList();
    }

    /** Returns a token of a credential with one role. */
    String token(String role) {
        return tokens.computeIfAbsent(role, this::login);
    }

    /** Returns a token that has ended; all other tokens given out before end with it. */
    String expiredToken() throws SQLException {
        String token = login("admin");
        tokens.clear();
        try (Connection store = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("millrace.db"))) {
            store.createStatement().execute("update token set expires_at = issued_at");
        }
        return token;
    }

    Answer send(String method, String path, String body, String... headers) {
        return api.send(method, path, body, headers);
    }

    Answer sendAs(String token, String method, String path, String body) {
        return api.send(method, path, body, "Authorization", "Bearer " + token, "Content-Type", "application/json");
    }

    @Override
    public void close() {
        api.close();
        wiring.close();
        folder.close();
    }

    private String login(String role) {
        Answer root = api.send("POST", "/auth/access-token", "{\"client_id\": \"root\", \"secret\": \"pass\"}");
        Answer made = sendAs(
                root.json().get("accessToken").textValue(),
                "POST",
                "/auth/client-credentials",
                "{\"role_ids\": [\"" + role + "\"]}");
        return api.send("POST", "/auth/access-token", made.text())
                .json()
                .get("accessToken")
                .textValue();
    }
}
