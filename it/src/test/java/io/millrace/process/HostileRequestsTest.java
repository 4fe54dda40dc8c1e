package io.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.testkit.ContractAnswers;
import io.millrace.testkit.MillraceProcess;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that a client sends gives a 5xx, and every answer keeps to the contract. */
class HostileRequestsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int EACH = Boolean.getBoolean("millrace.soak") ? 2_000 : 20;
    private static final long SEED = Long.getLong("millrace.seed", 20_260_115L);

    @TempDir
    private Path folder;

    @Test
    void neverFailAndKeepToTheContract() throws Exception {
        Path data = folder.resolve("data");
        HostileRequests requests = new HostileRequests(SEED);
        try (MillraceProcess platform = Platforms.up(folder, data)) {
            String token = JSON.readTree(Platforms.send(
                                    platform,
                                    "POST",
                                    "/auth/access-token",
                                    Files.readString(data.resolve("credentials.json")))
                            .body())
                    .get("accessToken")
                    .textValue();
            JsonNode served = JSON.readTree(
                    Platforms.send(platform, "GET", "/openapi.json", "").body());
            for (Map.Entry<String, JsonNode> path : served.get("paths").properties()) {
                for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                    for (int i = 0; operation.getValue().has("operationId") && i < EACH; i++) {
                        String method = operation.getKey().toUpperCase(Locale.ROOT);
                        String address = requests.address(path.getKey(), operation.getValue());
                        check(platform, token, method, address, requests.body(operation.getValue()));
                    }
                }
            }
            assertThat(Platforms.send(platform, "GET", "/health/ready", "").statusCode())
                    .isEqualTo(200);
        }
    }

    private static void check(MillraceProcess platform, String token, String method, String address, String body)
            throws Exception {
        HttpResponse<String> answer = Platforms.send(
                platform,
                method,
                address,
                body,
                "Authorization",
                "Bearer " + token,
                "Content-Type",
                "application/json");
        String request =
                "seed %d: %s %s %s -> %d %s".formatted(SEED, method, address, body, answer.statusCode(), answer.body());
        assertThat(answer.statusCode()).as(request).isLessThan(500);
        assertThat(answer.headers().firstValue("X-Request-Id")).as(request).isPresent();
        if (answer.headers().firstValue("Content-Type").orElse("").startsWith("application/json")) {
            JsonNode json = JSON.readTree(answer.body());
            assertThat(answer.statusCode() < 400 || json.has("detail"))
                    .as(request)
                    .isTrue();
            assertThat(ContractAnswers.mistakes(method, address, answer.statusCode(), json))
                    .as(request)
                    .isEmpty();
        }
    }
}
