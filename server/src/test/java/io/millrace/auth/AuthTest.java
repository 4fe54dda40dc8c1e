package io.millrace.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.millrace.http.Api;
import io.millrace.http.TestApi;
import io.millrace.http.TestApi.Answer;
import io.millrace.secret.Secret;
import io.millrace.store.Ids;
import io.millrace.store.OnEveryStore;
import io.millrace.store.Store;
import io.millrace.store.TestStore;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The calls of the tag Authentication, as a client makes them. */
@OnEveryStore
class AuthTest {
    private static final String BAD_TOKEN = "Unauthorized: invalid or missing token";
    private static final String REVOKED = "Token has been revoked";

    private final TestStore database;
    private final SettableClock clock = new SettableClock(Instant.parse("2026-01-15T10:30:00.250Z"));

    @TempDir
    private Path folder;

    private Store store;
    private TestApi api;

    AuthTest(TestStore database) {
        this.database = database;
    }

    @BeforeEach
    void start() throws IOException {
        store = database.open(folder);
        Access access = new Access(store, new Ids(clock, new SecureRandom()), new SecureRandom(), clock);
        access.ensureAdmin(Optional.of("root"), Optional.of(Secret.of("pass")), folder.resolve("credentials.json"));
        api = TestApi.of(new Api(List.of(access.resource()), access.authenticator(), List.of()));
    }

    @AfterEach
    void stop() {
        api.close();
        store.close();
    }

    @Test
    void tradesACredentialForTokensThatLiveADay() {
        Answer answer = login("root", "pass");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("expires").textValue()).isEqualTo("2026-01-16T10:30:00Z");
        assertThat(answer.json().get("expiresIn").isIntegralNumber()).isTrue();
        assertThat(answer.json().get("expiresIn").intValue()).isEqualTo(86_400);
        assertThat(answer.json().properties()).hasSize(4);
        assertThat(whoami(token(answer)).json().get("sub").textValue()).isEqualTo("root");
    }

    @Test
    void refusesWrongSecretsAndUnknownClientsAlike() {
        for (Answer answer : List.of(login("root", "wrong"), login("nobody", "pass"), login("root", ""))) {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.text()).isEqualTo("{\"detail\":\"Invalid client credentials\"}");
        }
        assertThat(api.send("POST", "/auth/access-token", "{\"project_key\": \"abc\"}")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void saysWhyATokenDoesNotCount() {
        String token = token(login("root", "pass"));

        assertThat(refusal(api.send("GET", "/auth/whoami", ""))).isEqualTo("Authentication required");
        assertThat(refusal(whoami("nonsense"))).isEqualTo(BAD_TOKEN);
        assertThat(refusal(api.send("GET", "/auth/whoami", "", "Authorization", "Basic cm9vdDpwYXNz")))
                .isEqualTo(BAD_TOKEN);
        clock.advance(Duration.ofHours(24));
        assertThat(refusal(whoami(token))).isEqualTo("Token has expired. Please re-authenticate.");
    }

    @Test
    void takesARefreshTokenOnce() {
        Answer first = login("root", "pass");
        String refresh =
                "{\"refresh_token\": \"" + first.json().get("refreshToken").textValue() + "\"}";

        Answer second = api.send("POST", "/auth/access-token/refresh", refresh);

        assertThat(second.status()).isEqualTo(200);
        assertThat(whoami(token(second)).status()).isEqualTo(200);
        assertThat(whoami(token(first)).status()).isEqualTo(200);
        assertThat(refusal(api.send("POST", "/auth/access-token/refresh", refresh)))
                .isEqualTo(BAD_TOKEN);
    }

    @Test
    void doesNotTakeARefreshTokenForAnAccessTokenOrTheOtherWayRound() {
        Answer answer = login("root", "pass");

        assertThat(refusal(whoami(answer.json().get("refreshToken").textValue())))
                .isEqualTo(BAD_TOKEN);
        assertThat(refusal(api.send(
                        "POST", "/auth/access-token/refresh", "{\"refresh_token\": \"" + token(answer) + "\"}")))
                .isEqualTo(BAD_TOKEN);
        assertThat(whoami(token(answer)).status()).isEqualTo(200);
    }

    @Test
    void showsTheSecretOfANewCredentialOnceAndNeverAgain() {
        String admin = token(login("root", "pass"));

        JsonNode made = create(admin, "read-only").json();

        assertThat(made.get("secret").textValue()).hasSize(43);
        assertThat(made.get("roles").findValuesAsText("key")).containsExactly("read-only");
        assertThat(made.get("created_by_user").get("id").textValue()).isEqualTo("root");
        JsonNode listed = send(admin, "GET", "/auth/client-credentials", "").json();
        assertThat(listed).hasSize(2);
        assertThat(listed)
                .allSatisfy(credential -> assertThat(credential.get("secret")).isEqualTo(NullNode.getInstance()));
        assertThat(login(made.get("client_id").textValue(), made.get("secret").textValue())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void endsTheTokensOfADeletedCredentialAtOnce() {
        String admin = token(login("root", "pass"));
        JsonNode made = create(admin, "read-only").json();
        String clientId = made.get("client_id").textValue();
        Answer tokens = login(clientId, made.get("secret").textValue());

        Answer deleted = send(admin, "DELETE", "/auth/client-credentials/" + clientId, "");

        assertThat(deleted.text()).isEqualTo("null");
        assertThat(refusal(whoami(token(tokens)))).isEqualTo(REVOKED);
        assertThat(refusal(api.send(
                        "POST",
                        "/auth/access-token/refresh",
                        "{\"refresh_token\": \""
                                + tokens.json().get("refreshToken").textValue() + "\"}")))
                .isEqualTo(REVOKED);
        assertThat(login(clientId, made.get("secret").textValue()).status()).isEqualTo(401);
        Answer again = send(admin, "DELETE", "/auth/client-credentials/" + clientId, "");
        assertThat(again.status()).isEqualTo(404);
        assertThat(again.text()).isEqualTo("{\"detail\":\"Client credential not found: " + clientId + "\"}");
    }

    @Test
    void letsNobodyGiveMoreThanTheyHold() {
        String admin = token(login("root", "pass"));
        JsonNode team = create(admin, "team-management").json();
        String manager = token(
                login(team.get("client_id").textValue(), team.get("secret").textValue()));

        assertThat(create(manager, "team-management").status()).isEqualTo(200);
        Answer refused = create(manager, "admin");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().get("detail").textValue()).isEqualTo("Missing permission: read:alerts");
        assertThat(create(manager, "read-only").status()).isEqualTo(403);
    }

    @Test
    void namesRolesThatItDoesNotKnow() {
        Answer answer = create(token(login("root", "pass")), "god");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("detail").textValue()).startsWith("Unknown roles: god");
    }

    @Test
    void checksPermissionsBeforeItLooksAtAnything() {
        JsonNode made = create(token(login("root", "pass")), "billing").json();
        String token = token(
                login(made.get("client_id").textValue(), made.get("secret").textValue()));

        for (Answer answer : List.of(
                send(token, "DELETE", "/auth/client-credentials/unknown", ""),
                send(token, "POST", "/auth/client-credentials", "not json"))) {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.text()).isEqualTo("{\"detail\":\"Missing permission: write:client_credentials\"}");
        }
        assertThat(whoami(token).status()).isEqualTo(200);
    }

    @Test
    void listensToTheHeadersOfAdminsOnly() {
        String admin = token(login("root", "pass"));
        JsonNode made = create(admin, "read-only").json();
        String reader = token(
                login(made.get("client_id").textValue(), made.get("secret").textValue()));
        String service = "66b0f1c9a1b2c3d4e5f60000";
        store.change(handle -> handle.execute("insert into service (id, tenant_id, name, created_at)" + " select '"
                + service + "', tenant_id, 'Other', created_at + 1 from service"));

        assertThat(serviceSeenBy(admin, service)).isEqualTo(service);
        assertThat(serviceSeenBy(reader, service)).isNotEqualTo(service);
        assertThat(api.send(
                                "GET",
                                "/auth/whoami",
                                "",
                                "Authorization",
                                "Bearer " + admin,
                                "X-Admin-Service-Id",
                                "unknown")
                        .status())
                .isEqualTo(400);
    }

    private String serviceSeenBy(String token, String service) {
        return api.send("GET", "/auth/whoami", "", "Authorization", "Bearer " + token, "X-Admin-Service-Id", service)
                .json()
                .get("service_id")
                .textValue();
    }

    @Test
    void keepsTokensOverARestart() throws IOException {
        String token = token(login("root", "pass"));
        stop();
        start();

        assertThat(whoami(token).status()).isEqualTo(200);
    }

    @Test
    void forgetsTokensAWeekAfterTheirEnd() {
        String token = token(login("root", "pass"));
        clock.advance(Duration.ofDays(9));
        login("root", "pass");

        assertThat(refusal(whoami(token))).isEqualTo(BAD_TOKEN);
    }

    private Answer login(String clientId, String secret) {
        return api.send(
                "POST", "/auth/access-token", "{\"client_id\": \"" + clientId + "\", \"secret\": \"" + secret + "\"}");
    }

    private Answer create(String token, String role) {
        return send(token, "POST", "/auth/client-credentials", "{\"role_ids\": [\"" + role + "\"]}");
    }

    private Answer whoami(String token) {
        return send(token, "GET", "/auth/whoami", "");
    }

    private Answer send(String token, String method, String path, String body) {
        return api.send(method, path, body, "Authorization", "Bearer " + token);
    }

    private static String token(Answer login) {
        return login.json().get("accessToken").textValue();
    }

    private static String refusal(Answer answer) {
        assertThat(answer.status()).isEqualTo(401);
        return answer.json().get("detail").textValue();
    }
}
