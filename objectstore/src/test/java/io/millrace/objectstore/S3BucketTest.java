package io.millrace.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.testkit.FreePorts;
import io.millrace.testkit.S3Server;
import io.millrace.testkit.TcpProxy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class S3BucketTest {
    private static final Duration WITHIN = Duration.ofSeconds(5);

    private static S3Server server;
    private static String lake;

    @BeforeAll
    static void start() {
        server = S3Server.start();
        lake = server.createBucket();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void putsAnObjectUnderAnyNameAndInPlaceOfAnother() throws IOException {
        String key = "a folder/ü+&=1/x";
        bucket(S3Server.SECRET).put(key, Bytes.of("before"), "t");
        bucket(S3Server.SECRET).put(key, Bytes.of("after ✓"), "t");

        assertThat(Files.readString(server.object(lake, key))).isEqualTo("after ✓");
    }

    @Test
    void leavesTheOldObjectWholeWhenAnUploadIsCutOff() throws IOException {
        bucket(S3Server.SECRET).put("cut", Bytes.of("whole"), "t");
        try (TcpProxy proxy = TcpProxy.to(URI.create(server.endpoint()).getPort())) {
            S3Bucket cut = new S3Bucket(
                    location("http://127.0.0.1:" + proxy.port(), lake),
                    credentials(S3Server.SECRET),
                    Clock.systemUTC());

            assertThatThrownBy(() -> cut.put("cut", new CutContent(proxy), "t"))
                    .isInstanceOf(StoreException.class)
                    .matches(e -> !((StoreException) e).lasting());
        }

        assertThat(Files.readString(server.object(lake, "cut"))).isEqualTo("whole");
        assertThat(server.objects(lake))
                .filteredOn(name -> name.contains("cut"))
                .containsExactly("cut");
    }

    @Test
    void tellsWhereAnObjectCameFrom() throws IOException {
        bucket(S3Server.SECRET).put("told", Bytes.of("x"), "source_1.public.orders");

        assertThat(bucket(S3Server.SECRET).origin("told")).contains("source_1.public.orders");
        assertThat(bucket(S3Server.SECRET).origin("not there")).isEmpty();
    }

    @Test
    void triesWithoutLeavingAnything() throws IOException {
        String other = server.createBucket();

        new S3Bucket(location(server.endpoint(), other), credentials(S3Server.SECRET), Clock.systemUTC())
                .tryWriting("in/", WITHIN);

        assertThat(server.objects(other)).isEmpty();
    }

    @Test
    void tellsThatTheSecretIsWrong() {
        assertThatThrownBy(() -> bucket("another").tryWriting("", WITHIN))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("The secret does not belong to the access key '" + S3Server.KEY + "'")
                .hasMessageContaining("'aws.secret.access.key'")
                .matches(e -> ((StoreException) e).lasting());
    }

    @Test
    void tellsThatTheKeyIsNotKnown() {
        S3Bucket bucket = new S3Bucket(
                location(server.endpoint(), lake), new S3Credentials("nobody", "secret"), Clock.systemUTC());

        assertThatThrownBy(() -> bucket.put("x", Bytes.of(""), "t"))
                .hasMessageContaining("The access key 'nobody' is not known")
                .hasMessageContaining("'aws.access.key.id'");
    }

    @Test
    void tellsThatThereIsNoSuchBucket() {
        S3Bucket bucket =
                new S3Bucket(location(server.endpoint(), "missing"), credentials(S3Server.SECRET), Clock.systemUTC());

        assertThatThrownBy(() -> bucket.tryWriting("", WITHIN))
                .hasMessageContaining("'missing'")
                .hasMessageContaining("exist");
    }

    @Test
    void tellsThatTheClockIsOff() {
        S3Bucket bucket = new S3Bucket(
                location(server.endpoint(), lake),
                credentials(S3Server.SECRET),
                Clock.offset(Clock.systemUTC(), Duration.ofHours(1)));

        assertThatThrownBy(() -> bucket.put("x", Bytes.of(""), "t")).hasMessageContaining("clock");
    }

    @Test
    void tellsThatNobodyAnswersWhichMayPass() {
        S3Bucket bucket = new S3Bucket(
                location("http://127.0.0.1:" + FreePorts.next(), lake),
                credentials(S3Server.SECRET),
                Clock.systemUTC());

        assertThatThrownBy(() -> bucket.put("x", Bytes.of(""), "t"))
                .hasMessageContaining("cannot be reached")
                .matches(e -> !((StoreException) e).lasting());
    }

    @Test
    void neverShowsTheSecret() {
        assertThat(credentials("s3cret")).hasToString(S3Server.KEY + " (secret hidden)");
    }

    private static S3Bucket bucket(String secret) {
        return new S3Bucket(location(server.endpoint(), lake), credentials(secret), Clock.systemUTC());
    }

    private static S3Location location(String endpoint, String bucket) {
        return new S3Location(Optional.of(URI.create(endpoint)), "us-east-1", bucket);
    }

    private static S3Credentials credentials(String secret) {
        return new S3Credentials(S3Server.KEY, secret);
    }

    /** Eight megabytes, half of which are sent; the first reading is for the hash. */
    private static final class CutContent implements ObjectContent {
        private static final int LENGTH = 8 << 20;

        private final TcpProxy proxy;
        private int readings;

        CutContent(TcpProxy proxy) {
            this.proxy = proxy;
        }

        @Override
        public long length() {
            return LENGTH;
        }

        @Override
        public InputStream open() {
            boolean uploads = ++readings > 1;
            return new ByteArrayInputStream(new byte[LENGTH]) {
                @Override
                public synchronized int read(byte[] bytes, int from, int count) {
                    if (uploads && available() < LENGTH / 2) {
                        proxy.cut();
                    }
                    return super.read(bytes, from, count);
                }
            };
        }
    }
}
