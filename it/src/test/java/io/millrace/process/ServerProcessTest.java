package io.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts and ends of the real process. */
class ServerProcessTest {
    @TempDir
    private Path folder;

    @Test
    void keepsItsFirstCredentialAndWhatItAcknowledgedOverAKill() throws Exception {
        Path data = folder.resolve("data");
        JsonNode credential;
        String token;
        try (ServerProcess first = ServerProcess.up(folder, data)) {
            Path file = data.resolve("credentials.json");
            credential = new ObjectMapper().readTree(file.toFile());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(first.printed()).hasSize(2);
            assertThat(first.printed().get(0)).contains(credential.get("secret").textValue());
            assertThat(first.printed().get(1))
                    .matches("millrace ready http://127\\.0\\.0\\.1:\\d+ kafka 127\\.0\\.0\\.1:\\d+ in \\d+\\.\\d s");

            HttpResponse<String> answer = first.send("POST", "/auth/access-token", credential.toString());
            first.kill();
            token = new ObjectMapper()
                    .readTree(answer.body())
                    .get("accessToken")
                    .textValue();
        }
        try (ServerProcess second = ServerProcess.up(folder, data)) {
            assertThat(second.printed()).as("the secret is shown once").hasSize(1);
            HttpResponse<String> whoami = second.send("GET", "/auth/whoami", "", "Authorization", "Bearer " + token);
            assertThat(whoami.statusCode()).isEqualTo(200);

            assertThat(second.end(10)).as("ends within ten seconds").isTrue();
            assertThat(second.errors()).isEmpty();
        }
        assertThat(Files.readString(data.resolve("logs/millrace.log")))
                .doesNotContain(token, credential.get("secret").textValue());
    }

    @Test
    void saysThatItsDataFolderIsInUse() throws Exception {
        Path data = folder.resolve("data");
        try (ServerProcess first = ServerProcess.up(folder, data)) {
            assertRefused(
                    ServerProcess.run(folder, Map.of(), "--port", "0", "--kafka-port", "0", "--data", data.toString()),
                    "is in use by another process");
            assertThat(first.send("GET", "/health/ready", "").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void saysThatAPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertRefused(
                    ServerProcess.run(
                            folder, Map.of("MILLRACE_DATA", folder.resolve("a").toString()), "--port", port),
                    "port " + port + " on 127.0.0.1 is taken");
            assertRefused(
                    ServerProcess.run(
                            folder,
                            Map.of("MILLRACE_DATA", folder.resolve("b").toString()),
                            "--port",
                            "0",
                            "--kafka-port",
                            port),
                    "--kafka-port");
        }
    }

    @Test
    void stopsAtASettingThatItDoesNotKnow() throws Exception {
        assertRefused(ServerProcess.run(folder, Map.of(), "--prot", "1"), "did you mean --port?");
        assertRefused(ServerProcess.run(folder, Map.of("MILLRACE_SECRETS", "hush")), "did you mean MILLRACE_SECRET?");
    }

    /** One line, with the reason, and nothing else. */
    private static void assertRefused(ServerProcess process, String reason) throws IOException, InterruptedException {
        try (process) {
            assertThat(process.status()).contains(1);
            assertThat(process.errors().lines())
                    .singleElement()
                    .asString()
                    .startsWith("millrace: ")
                    .contains(reason);
        }
    }
}
