package io.millrace.connect.sinks.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connect.sinks.fixtures.DrivenTask;
import io.millrace.connect.sinks.fixtures.Records;
import io.millrace.testkit.FreePorts;
import io.millrace.testkit.RedisServer;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that speaks TLS only. */
class EncryptedRedisTest {
    private static final String TRUST = "javax.net.ssl.trustStore";
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private Path folder;

    @AfterEach
    void trustTheUsual() {
        System.clearProperty(TRUST);
        System.clearProperty(TRUST + "Password");
    }

    @Test
    void writesToAServerWhoseCertificateIsTrustedAndToNoOther() throws Exception {
        Path store = keyPair("localhost");
        try (RedisServer server = server(store)) {
            assertThatThrownBy(() -> task(server, "localhost"))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("does not answer");
            System.setProperty(TRUST, trusting(store).toString());
            System.setProperty(TRUST + "Password", new String(PASSWORD));
            assertThatThrownBy(() -> task(server, "127.0.0.1"))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("127.0.0.1");
            try (DrivenTask task = task(server, "localhost")) {
                task.put(new Records().upsert(1, "a"));
                assertThat(task.commit()).containsEntry("orders-0", 1L);
                assertThat(task.retries()).isZero();
            }
        }
    }

    private RedisServer server(Path store) throws Exception {
        KeyStore keys = loaded(store);
        Path certificate = pem("CERTIFICATE", keys.getCertificate("redis").getEncoded());
        Path key = pem("PRIVATE KEY", keys.getKey("redis", PASSWORD).getEncoded());
        int port = FreePorts.next();
        return RedisServer.start(
                port,
                Map.of(
                        "tls-port", String.valueOf(port),
                        "tls-cert-file", certificate.toString(),
                        "tls-key-file", key.toString(),
                        "tls-ca-cert-file", certificate.toString(),
                        "tls-auth-clients", "no"));
    }

    private Path trusting(Path store) throws Exception {
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, PASSWORD);
        trust.setCertificateEntry("redis", loaded(store).getCertificate("redis"));
        Path file = folder.resolve("trust.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            trust.store(out, PASSWORD);
        }
        return file;
    }

    private static KeyStore loaded(Path store) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    private Path keyPair(String host) throws Exception {
        Path store = folder.resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "redis",
                        "-keyalg",
                        "RSA",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD),
                        "-dname",
                        "CN=" + host,
                        "-ext",
                        "san=dns:" + host)
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        return store;
    }

    private Path pem(String kind, byte[] content) throws Exception {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return Files.writeString(
                folder.resolve(kind.replace(' ', '-') + ".pem"),
                "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n",
                StandardCharsets.US_ASCII);
    }

    private static DrivenTask task(RedisServer server, String host) {
        return new DrivenTask(
                new RedisSinkTask(),
                Map.of(
                        "redis.host",
                        host,
                        "redis.port",
                        String.valueOf(server.port()),
                        "redis.username",
                        RedisServer.USER,
                        "redis.password",
                        RedisServer.PASSWORD,
                        "redis.tls",
                        "true",
                        "redis.type",
                        "HASH"));
    }
}
