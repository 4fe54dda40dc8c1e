package io.millrace.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.testkit.AzuriteServer;
import io.millrace.testkit.FreePorts;
import io.millrace.testkit.TcpProxy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against Azurite, where {@code testkit/stores/install} has put it; skipped elsewhere. */
class AzureContainerTest {
    private static final Duration WITHIN = Duration.ofSeconds(5);
    private static final int BLOCK = 1 << 20;

    private static AzuriteServer server;
    private static String lake;

    @BeforeAll
    static void start() {
        assumeTrue(
                AzuriteServer.missing().isEmpty(), () -> AzuriteServer.missing().orElse(""));
        server = AzuriteServer.start();
        lake = server.createContainer();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void putsABlobUnderAnyNameAndInPlaceOfAnother() throws IOException {
        String name = "a folder/ü+&=1/x";
        container().put(name, Bytes.of("before"), "t");
        container().put(name, Bytes.of("after ✓"), "t");

        assertThat(Files.readString(server.object(lake, name))).isEqualTo("after ✓");
    }

    @Test
    void putsAnEmptyBlob() throws IOException {
        container().put("empty", Bytes.of(""), "t");

        assertThat(server.object(lake, "empty")).hasSize(0);
    }

    @Test
    void putsInBlocksWhatIsLargerThanOne() throws IOException {
        for (int length : new int[] {BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK}) {
            byte[] bytes = new byte[length];
            new Random(length).nextBytes(bytes);

            container().put("large", new Bytes(bytes), "source_1.public.orders");

            assertThat(Files.readAllBytes(server.object(lake, "large"))).isEqualTo(bytes);
            assertThat(container().origin("large")).contains("source_1.public.orders");
        }
    }

    @Test
    void leavesTheOldBlobWholeWhenAnUploadIsCutOff() throws IOException {
        String cut = server.createContainer();
        container(server.connectionString(), cut).put("cut", Bytes.of("whole"), "t");
        try (TcpProxy proxy = TcpProxy.to(URI.create(server.endpoint()).getPort())) {
            String through = server.connectionString()
                    .replace(server.endpoint(), "http://127.0.0.1:" + proxy.port() + "/" + AzuriteServer.ACCOUNT);

            assertThatThrownBy(() -> container(through, cut).put("cut", new CutContent(proxy, false), "t"))
                    .isInstanceOf(StoreException.class)
                    .matches(e -> !((StoreException) e).lasting());
            proxy.resume();
            assertThatThrownBy(() -> container(through, cut).put("new", new CutContent(proxy, false), "t"))
                    .isInstanceOf(StoreException.class);
        }

        assertThat(Files.readString(server.object(cut, "cut"))).isEqualTo("whole");
        assertThat(server.objects(cut)).containsExactly("cut");
    }

    @Test
    void sendsABlockAgainWhenTheConnectionIsCutOnce() throws IOException {
        try (TcpProxy proxy = TcpProxy.to(URI.create(server.endpoint()).getPort())) {
            String through = server.connectionString()
                    .replace(server.endpoint(), "http://127.0.0.1:" + proxy.port() + "/" + AzuriteServer.ACCOUNT);

            container(through, lake).put("again", new CutContent(proxy, true), "t");
        }

        assertThat(Files.readAllBytes(server.object(lake, "again"))).isEqualTo(new byte[CutContent.LENGTH]);
    }

    @Test
    void tellsWhereABlobCameFrom() throws IOException {
        container().put("told", Bytes.of("x"), "source_1.public.orders");

        assertThat(container().origin("told")).contains("source_1.public.orders");
        assertThat(container().origin("not there")).isEmpty();
    }

    @Test
    void triesWithoutLeavingAnythingToBeSeen() throws IOException {
        String other = server.createContainer();

        container(server.connectionString(), other).tryWriting("in/", WITHIN);
        container(server.connectionString(), other).tryWriting("in/", WITHIN);

        assertThat(server.objects(other)).isEmpty();
    }

    @Test
    void writesWithASignatureThatMayNotBeRead() throws IOException {
        String url = server.endpoint() + "/" + lake + "?" + signature("cw", Duration.ofHours(1));
        AzureContainer signed = new AzureContainer(AzureLocation.of(url, Optional.empty()), Clock.systemUTC(), BLOCK);
        byte[] bytes = new byte[2 * BLOCK];

        signed.tryWriting("", WITHIN);
        signed.put("signed", Bytes.of("✓"), "t");
        signed.put("signed large", new Bytes(bytes), "t");

        assertThat(signed.origin("signed")).isEmpty();
        assertThat(Files.readString(server.object(lake, "signed"))).isEqualTo("✓");
        assertThat(server.object(lake, "signed large")).hasBinaryContent(bytes);
    }

    @Test
    void takesASignatureInAConnectionString() {
        String text =
                "BlobEndpoint=" + server.endpoint() + ";SharedAccessSignature=" + signature("cw", Duration.ofHours(1));

        assertThatCode(() -> container(text, lake).tryWriting("", WITHIN)).doesNotThrowAnyException();
    }

    @Test
    void tellsThatASignatureIsNotTaken() {
        for (String wrong : new String[] {
            signature("cw", Duration.ofHours(-1)),
            signature("cw", Duration.ofHours(1)).replace("sig=", "sig=A"),
        }) {
            String url = server.endpoint() + "/" + lake + "?" + wrong;
            AzureContainer signed = new AzureContainer(AzureLocation.of(url, Optional.empty()), Clock.systemUTC());

            assertThatThrownBy(() -> signed.tryWriting("", WITHIN))
                    .hasMessageContaining("The shared access signature is not taken by 127.0.0.1")
                    .hasMessageContaining("'azblob.connection.string.user.defined'")
                    .hasMessageNotContaining(wrong)
                    .matches(e -> ((StoreException) e).lasting());
        }
    }

    @Test
    void tellsThatASignatureMayNotWrite() {
        String url = server.endpoint() + "/" + lake + "?" + signature("r", Duration.ofHours(1));
        AzureContainer signed = new AzureContainer(AzureLocation.of(url, Optional.empty()), Clock.systemUTC());

        assertThatThrownBy(() -> signed.tryWriting("", WITHIN))
                .hasMessageContaining("must not be written")
                .hasMessageContaining("allow it to create and to write blobs")
                .matches(e -> ((StoreException) e).lasting());
    }

    @Test
    void tellsThatTheKeyIsWrong() {
        String wrong = Base64.getEncoder().encodeToString("another".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> container(server.connectionString(wrong), lake).tryWriting("", WITHIN))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("The key does not belong to the storage account '" + AzuriteServer.ACCOUNT + "'")
                .hasMessageContaining("'azblob.connection.string.user.defined'")
                .hasMessageNotContaining(wrong)
                .matches(e -> ((StoreException) e).lasting());
    }

    @Test
    void tellsThatThereIsNoSuchContainer() {
        assertThatThrownBy(() -> container(server.connectionString(), "missing").tryWriting("", WITHIN))
                .hasMessageContaining("The container 'missing'")
                .hasMessageContaining("does not exist")
                .matches(e -> ((StoreException) e).lasting());
        assertThatThrownBy(() -> container(server.connectionString(), "missing").put("x", Bytes.of(""), "t"))
                .hasMessageContaining("does not exist");
    }

    @Test
    void tellsThatNobodyAnswersWhichMayPass() {
        String nobody = server.connectionString()
                .replace(server.endpoint(), "http://127.0.0.1:" + FreePorts.next() + "/" + AzuriteServer.ACCOUNT);

        assertThatThrownBy(() -> container(nobody, lake).put("x", Bytes.of(""), "t"))
                .hasMessageContaining("cannot be reached")
                .matches(e -> !((StoreException) e).lasting());
    }

    private static String signature(String permissions, Duration valid) {
        return server.signature(lake, permissions, Instant.now().plus(valid));
    }

    private static AzureContainer container() {
        return container(server.connectionString(), lake);
    }

    private static AzureContainer container(String connection, String name) {
        return new AzureContainer(AzureLocation.of(connection, Optional.of(name)), Clock.systemUTC(), BLOCK);
    }

    /** Four blocks; the connection is cut behind the second, once or from then on. */
    private static final class CutContent implements ObjectContent {
        private static final int LENGTH = 4 * BLOCK;

        private final TcpProxy proxy;
        private final boolean once;
        private boolean isCut;

        CutContent(TcpProxy proxy, boolean once) {
            this.proxy = proxy;
            this.once = once;
        }

        @Override
        public long length() {
            return LENGTH;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(new byte[LENGTH]) {
                @Override
                public synchronized int read(byte[] bytes, int from, int count) {
                    if (available() <= LENGTH / 2 && !isCut) {
                        isCut = true;
                        if (!once) {
                            proxy.refuse();
                        }
                        proxy.cut();
                    }
                    return super.read(bytes, from, count);
                }
            };
        }
    }
}
