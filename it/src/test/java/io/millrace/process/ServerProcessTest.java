package io.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.testkit.MillraceLaunch;
import io.millrace.testkit.MillraceProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts and ends of the real process. */
class ServerProcessTest {
    private static final String SOURCE =
            """
            {"name": "a", "connector": "postgresql", "config": {"database.hostname.user.defined": "127.0.0.1",
             "database.user": "u", "database.password": "p", "database.dbname": "d", "schema.include.list": "public",
             "table.include.list.user.defined": "public.a"}}""";

    @TempDir
    private Path folder;

    @Test
    void keepsItsFirstCredentialAndWhatItAcknowledgedOverAKill() throws Exception {
        Path data = folder.resolve("data");
        JsonNode credential;
        String token;
        try (MillraceProcess first = Platforms.up(folder, data)) {
            Path file = data.resolve("credentials.json");
            credential = new ObjectMapper().readTree(file.toFile());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(first.printed()).hasSize(2);
            assertThat(first.printed().get(0)).contains(credential.get("secret").textValue());
            assertThat(first.printed().get(1))
                    .matches("millrace ready http://127\\.0\\.0\\.1:\\d+ kafka 127\\.0\\.0\\.1:\\d+ in \\d+\\.\\d s");

            HttpResponse<String> answer = Platforms.send(first, "POST", "/auth/access-token", credential.toString());
            first.kill();
            token = new ObjectMapper()
                    .readTree(answer.body())
                    .get("accessToken")
                    .textValue();
        }
        try (MillraceProcess second = Platforms.up(folder, data)) {
            assertThat(second.printed()).as("the secret is shown once").hasSize(1);
            HttpResponse<String> whoami =
                    Platforms.send(second, "GET", "/auth/whoami", "", "Authorization", "Bearer " + token);
            assertThat(whoami.statusCode()).isEqualTo(200);

            assertThat(second.stop(Duration.ofSeconds(10)))
                    .as("ends within ten seconds")
                    .isTrue();
            assertThat(second.errors()).isEmpty();
        }
        assertThat(Files.readString(data.resolve("logs/millrace.log")))
                .doesNotContain(token, credential.get("secret").textValue());
    }

    @Test
    void saysThatItsDataFolderIsInUse() throws Exception {
        Path data = folder.resolve("data");
        try (MillraceProcess first = Platforms.up(folder, data)) {
            assertRefused(Platforms.in(folder).on(data), "is in use by another process");
            assertThat(Platforms.send(first, "GET", "/health/ready", "").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void saysThatAPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertRefused(
                    Platforms.in(folder)
                            .arguments(
                                    "--port",
                                    port,
                                    "--data",
                                    folder.resolve("a").toString()),
                    "port " + port + " on 127.0.0.1 is taken");
            assertRefused(
                    Platforms.in(folder)
                            .arguments("--port", "0", "--kafka-port", port)
                            .environment(
                                    Map.of("MILLRACE_DATA", folder.resolve("b").toString())),
                    "--kafka-port");
        }
    }

    @Test
    void stopsAtASettingThatItDoesNotKnow() throws Exception {
        assertRefused(Platforms.in(folder).arguments("--prot", "1"), "did you mean --port?");
        assertRefused(
                Platforms.in(folder).environment(Map.of("MILLRACE_SECRETS", "hush")), "did you mean MILLRACE_SECRET?");
    }

    @Test
    void saysThatItsDataFolderIsNoneThatItMayUse() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        Path closed = Files.createDirectory(folder.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-x------"));

        assertRefused(Platforms.in(folder).on(file), "the data folder " + file + " is no folder");
        if (!Files.isWritable(closed)) {
            // who is root may write everywhere
            assertRefused(Platforms.in(folder).on(closed), "cannot be read and written by this user");
        }
    }

    @Test
    void doesNotStartWithoutTheMasterKeyThatSealedWhatItKeeps() throws Exception {
        Path data = folder.resolve("data");
        Path key = data.resolve("master.key");
        try (MillraceProcess first =
                MillraceProcess.start(Platforms.in(folder).on(data).credential())) {
            String token = Platforms.token(first, MillraceLaunch.CLIENT_ID, MillraceLaunch.SECRET);
            HttpResponse<String> saved = Platforms.send(
                    first,
                    "POST",
                    "/sources?wait=false",
                    SOURCE,
                    "Authorization",
                    "Bearer " + token,
                    "Content-Type",
                    "application/json");
            assertThat(saved.statusCode()).as(saved.body()).isEqualTo(200);
        }
        String right = Files.readString(key);
        Files.delete(key);
        assertRefused(Platforms.in(folder).on(data), "the master key file " + key + " is missing");
        assertThat(key).doesNotExist();
        Files.writeString(key, Base64.getEncoder().encodeToString(new byte[32]));
        assertRefused(Platforms.in(folder).on(data), "does not hold the key");
        Files.writeString(key, "nonsense");
        assertRefused(Platforms.in(folder).on(data), "not 32 bytes in Base64");
        Files.writeString(key, right);
        Platforms.up(folder, data).close();
    }

    /** One line, with the reason, and nothing else. */
    private void assertRefused(MillraceLaunch launch, String reason) throws IOException {
        Path errors = Files.createTempFile(folder, "refused", ".txt");
        MillraceLaunch refused =
                new MillraceLaunch(launch.home(), launch.options(), launch.arguments(), launch.environment(), errors);
        try (MillraceProcess process = MillraceProcess.begin(refused)) {
            assertThat(process.exitStatus(Duration.ofSeconds(60))).hasValue(1);
            assertThat(process.errors().lines())
                    .singleElement()
                    .asString()
                    .startsWith("millrace: ")
                    .contains(reason);
        }
    }
}
