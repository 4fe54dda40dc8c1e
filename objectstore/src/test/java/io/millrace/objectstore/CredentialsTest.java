package io.millrace.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What those who configure a store may write, and what they are told. */
class CredentialsTest {
    private static final String KEY = "c2VjcmV0";
    private static final Optional<String> LAKE = Optional.of("lake");

    @ParameterizedTest
    @CsvSource({
        "AccountName=shop;AccountKey=c2VjcmV0, https://shop.blob.core.windows.net",
        "DefaultEndpointsProtocol=http;AccountName=shop;AccountKey=c2VjcmV0;EndpointSuffix=x.org,"
                + " http://shop.blob.x.org",
        "'accountname=shop;accountkey=c2VjcmV0;blobendpoint=http://127.0.0.1:10000/shop/;',"
                + " http://127.0.0.1:10000/shop",
        "SharedAccessSignature=sv=1&sig=x;BlobEndpoint=https://shop.blob.core.windows.net,"
                + " https://shop.blob.core.windows.net",
        "SharedAccessSignature=?sv=1&sig=x;AccountName=shop, https://shop.blob.core.windows.net",
        "https://shop.blob.core.windows.net/?sv=1&sig=x, https://shop.blob.core.windows.net",
        "https://shop.blob.core.windows.net/lake?sv=1&sig=x, https://shop.blob.core.windows.net",
        "http://127.0.0.1:10000/shop/lake?sv=1&sig=x, http://127.0.0.1:10000/shop",
        "UseDevelopmentStorage=true, http://127.0.0.1:10000/devstoreaccount1"
    })
    void findTheAccountOfAzure(String given, String endpoint) {
        AzureLocation location = AzureLocation.of(given, LAKE);

        assertThat(location.endpoint()).hasToString(endpoint);
        assertThat(location.blob("a b", "comp=block").toString())
                .startsWith(endpoint + "/lake/a%20b?comp=block")
                .matches(blob -> blob.endsWith("&sv=1&sig=x") == given.contains("sig="));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "AccountName=shop;AccountKey=se cret",
                "AccountName=shop;AccountKey=",
                "AccountKey=c2VjcmV0",
                "AccountName=Sho_p;AccountKey=c2VjcmV0",
                "AccountName=shop;AccountKey=c2VjcmV0;BlobEndpoint=ftp://secret",
                "https://shop.blob.core.windows.net/other?sig=secret",
                "https://shop.blob.core.windows.net/lake?sv=secret",
                "https://a b?sig=secret"
            })
    void tellWhatIsWrongAndNothingSecret(String given) {
        assertThatThrownBy(() -> AzureLocation.of(given, LAKE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret")
                .hasMessageNotContaining("se cret")
                .hasMessageNotContaining(KEY)
                .message()
                .isNotBlank();
    }

    @Test
    void areNeverShown() throws GeneralSecurityException {
        String pem = pem();

        assertThat(AzureLocation.of("AccountName=shop;AccountKey=" + KEY, LAKE).toString())
                .contains("shop (key hidden)")
                .doesNotContain(KEY);
        assertThat(AzureLocation.of("https://shop.blob.core.windows.net/lake?sig=secret", LAKE)
                        .toString())
                .doesNotContain("secret");
        assertThat(ServiceAccount.of(file(pem))).hasToString("w@x (key hidden)");
    }

    @Test
    void ofGoogleAreTakenAsAFileOrAsTheTextOfOne() throws GeneralSecurityException {
        String file = file(pem());

        ServiceAccount plain = ServiceAccount.of(file);
        ServiceAccount escaped = ServiceAccount.of(JsonTexts.quoted(file));

        assertThat(plain.email()).isEqualTo("w@x");
        assertThat(plain.tokens()).hasToString("https://oauth2.googleapis.com/token");
        assertThat(escaped).isEqualTo(plain);
        assertThat(plain.claim(Instant.EPOCH).split("\\.")).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "{}",
                "[]",
                "{\"client_email\": \"w@x\"}",
                "{\"client_email\": \"w@x\", \"private_key\": \"secret\"}",
                "{\"client_email\": \"w@x\", \"private_key\": \"c2VjcmV0\"}",
                "{\"type\": \"authorized_user\", \"client_secret\": \"secret\"}"
            })
    void ofGoogleTellWhatIsWrongAndNothingSecret(String given) {
        assertThatThrownBy(() -> ServiceAccount.of(given))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret")
                .hasMessageNotContaining(KEY)
                .message()
                .isNotBlank();
    }

    @Test
    void areReadOutOfEveryKindOfJson() {
        assertThat(JsonTexts.of(" {\"a\": [1, {\"b\\n\\u00fc\": \"\\\"x\\\\\"}], \"c\": {}, \"d\": null, \"e\": -1.5e3,"
                        + " \"f\": true, \"g\": []} "))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("a.0", "1", "a.1.b\nü", "\"x\\", "e", "-1.5e3", "f", "true"));
        assertThat(JsonTexts.of(JsonTexts.quoted("a\"b\\\n\u0001ü"))).containsExactly(Map.entry("", "a\"b\\\n\u0001ü"));
        assertThatThrownBy(() -> JsonTexts.of("[".repeat(100_000))).isInstanceOf(IllegalArgumentException.class);
    }

    private static String file(String pem) {
        return "{\"type\": \"service_account\", \"client_email\": \"w@x\", \"private_key\": " + JsonTexts.quoted(pem)
                + "}";
    }

    private static String pem() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getEncoder()
                        .encodeToString(generator.generateKeyPair().getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }
}
