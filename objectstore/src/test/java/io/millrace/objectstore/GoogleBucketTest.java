package io.millrace.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.testkit.FreePorts;
import io.millrace.testkit.GcsServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against fake-gcs-server, where {@code testkit/stores/install} has put it; skipped elsewhere. */
class GoogleBucketTest {
    private static final Duration WITHIN = Duration.ofSeconds(5);
    private static final int CHUNK = 256 << 10;

    private static GcsServer server;

    private String lake;

    @BeforeAll
    static void start() {
        assumeTrue(GcsServer.missing().isEmpty(), () -> GcsServer.missing().orElse(""));
        server = GcsServer.start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void create() {
        lake = server.createBucket();
    }

    @Test
    void putsAnObjectUnderAnyNameAndInPlaceOfAnother() throws IOException {
        String name = "a folder/ü+&=1/x\"y";
        bucket().put(name, Bytes.of("before"), "t");
        bucket().put(name, Bytes.of("after ✓"), "t");

        assertThat(Files.readString(server.object(lake, name))).isEqualTo("after ✓");
        assertThat(bucket().origin(name)).contains("t");
    }

    @Test
    void putsAnEmptyObject() throws IOException {
        bucket().put("empty", Bytes.of(""), "t");

        assertThat(server.object(lake, "empty")).hasSize(0);
    }

    @Test
    void putsInChunksWhatIsLargerThanOne() throws IOException {
        for (int length : new int[] {CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK}) {
            byte[] bytes = random(length);

            bucket().put("large", new Bytes(bytes), "source_1.public.orders");

            assertThat(server.object(lake, "large")).hasBinaryContent(bytes);
            assertThat(bucket().origin("large")).contains("source_1.public.orders");
        }
    }

    @Test
    void goesOnWhereTheStoreGotToWhenAPieceFails() throws IOException {
        byte[] bytes = random(3 * CHUNK + 1);
        server.failPieces(1);

        bucket().put("again", new Bytes(bytes), "t");

        assertThat(server.failuresLeft()).isZero();
        assertThat(server.object(lake, "again")).hasBinaryContent(bytes);
    }

    @Test
    void leavesTheOldObjectWholeWhenAnUploadFails() throws IOException {
        bucket().put("cut", Bytes.of("whole"), "t");
        server.failPieces(20);
        try {
            assertThatThrownBy(() -> bucket().put("cut", new Bytes(random(2 * CHUNK)), "t"))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("503")
                    .matches(e -> !((StoreException) e).lasting());
        } finally {
            server.failPieces(0);
        }

        assertThat(Files.readString(server.object(lake, "cut"))).isEqualTo("whole");
        assertThat(server.objects(lake)).containsExactly("cut");
    }

    @Test
    void asksForOneTokenAndForAnotherWhenItIsNotTakenAnyMore() throws IOException {
        GoogleBucket bucket = bucket();
        int before = server.tokens();
        bucket.put("one", Bytes.of("1"), "t");
        bucket.put("two", Bytes.of("2"), "t");
        assertThat(server.tokens()).isEqualTo(before + 1);

        server.revokeTokens();
        bucket.put("three", Bytes.of("3"), "t");

        assertThat(server.tokens()).isEqualTo(before + 2);
        assertThat(server.objects(lake)).containsExactly("one", "three", "two");
    }

    @Test
    void renewsATokenBeforeItExpires() throws IOException {
        MovedClock clock = new MovedClock();
        GoogleBucket bucket = bucket(server.credentials(), lake, clock);
        int before = server.tokens();
        bucket.put("one", Bytes.of("1"), "t");
        clock.pass(Duration.ofMinutes(54));
        bucket.put("two", Bytes.of("2"), "t");
        assertThat(server.tokens()).isEqualTo(before + 1);

        // The clock of the store stands, so that it takes no claim of an hour later; the asking is what matters.
        clock.pass(Duration.ofMinutes(2));
        assertThatThrownBy(() -> bucket.put("three", Bytes.of("3"), "t"))
                .hasMessageContaining("Token must be a short-lived token")
                .hasMessageContaining("clock of this machine");
    }

    @Test
    void tellsWhereAnObjectCameFrom() throws IOException {
        bucket().put("told", Bytes.of("x"), "source_1.public.orders");

        assertThat(bucket().origin("told")).contains("source_1.public.orders");
        assertThat(bucket().origin("not there")).isEmpty();
    }

    @Test
    void triesWithoutLeavingAnything() throws IOException {
        bucket().tryWriting("in/", WITHIN);

        assertThat(server.objects(lake)).isEmpty();
    }

    @Test
    void tellsThatTheKeyIsWrong() {
        assertThatThrownBy(() -> bucket(server.wrongCredentials(), lake, Clock.systemUTC())
                        .tryWriting("", WITHIN))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(
                        "The service account 'writer@millrace-test.iam.gserviceaccount.com' is not let in")
                .hasMessageContaining("Invalid JWT Signature")
                .hasMessageContaining("'gcs.credentials.json'")
                .matches(e -> ((StoreException) e).lasting());
    }

    @Test
    void tellsThatNobodyIsLetInWithoutCredentials() {
        GoogleBucket bucket = new GoogleBucket(location(lake), Optional.empty(), Clock.systemUTC());

        assertThatThrownBy(() -> bucket.tryWriting("", WITHIN))
                .hasMessageContaining("does not know who writes without credentials")
                .hasMessageContaining("'gcs.credentials.json'")
                .matches(e -> ((StoreException) e).lasting());
    }

    @Test
    void tellsThatThereIsNoSuchBucket() {
        GoogleBucket missing = bucket(server.credentials(), "missing", Clock.systemUTC());

        assertThatThrownBy(() -> missing.tryWriting("", WITHIN))
                .hasMessageContaining("The bucket 'missing'")
                .hasMessageContaining("does not exist")
                .matches(e -> ((StoreException) e).lasting());
    }

    @Test
    void tellsThatNobodyAnswersWhichMayPass() {
        GoogleBucket nobody = new GoogleBucket(
                new GoogleLocation(Optional.of(URI.create("http://127.0.0.1:" + FreePorts.next())), "lake"),
                Optional.empty(),
                Clock.systemUTC());

        assertThatThrownBy(() -> nobody.put("x", Bytes.of(""), "t"))
                .hasMessageContaining("cannot be reached")
                .matches(e -> !((StoreException) e).lasting());
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private GoogleBucket bucket() {
        return bucket(server.credentials(), lake, Clock.systemUTC());
    }

    private static GoogleBucket bucket(String credentials, String name, Clock clock) {
        return new GoogleBucket(location(name), Optional.of(ServiceAccount.of(credentials)), clock, CHUNK);
    }

    private static GoogleLocation location(String name) {
        return new GoogleLocation(Optional.of(URI.create(server.endpoint())), name);
    }
}
