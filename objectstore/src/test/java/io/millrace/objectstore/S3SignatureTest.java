package io.millrace.objectstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Against the examples that Amazon publishes beside the description of the signature. */
class S3SignatureTest {
    private static final Instant AT = Instant.parse("2013-05-24T00:00:00Z");
    private static final String EMPTY = S3Signature.hash(new byte[0]);

    private final S3Signature signature = new S3Signature(
            new S3Credentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"), "us-east-1");

    @Test
    void signsTheReadingOfAnObject() {
        assertThat(signed("GET", "/test.txt", Map.of("range", "bytes=0-9"), EMPTY))
                .isEqualTo("AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                        + "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
                        + "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    }

    @Test
    void signsThePuttingOfAnObjectWithANameThatMustBeEscaped() {
        assertThat(signed(
                        "PUT",
                        "/" + Escaped.path("test$file.text"),
                        Map.of("date", "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class", "REDUCED_REDUNDANCY"),
                        S3Signature.hash("Welcome to Amazon S3.".getBytes(StandardCharsets.UTF_8))))
                .endsWith("Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
    }

    @Test
    void signsAQueryWithoutAValue() {
        assertThat(signed("GET", "/?lifecycle", Map.of(), EMPTY))
                .endsWith("Signature=fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
    }

    @Test
    void signsAQueryWithValues() {
        assertThat(signed("GET", "/?max-keys=2&prefix=J", Map.of(), EMPTY))
                .endsWith("Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
    }

    private String signed(String method, String path, Map<String, String> headers, String hash) {
        URI uri = URI.create("https://examplebucket.s3.amazonaws.com" + path);
        return signature.sign(method, uri, headers, hash, AT).getOrDefault("authorization", "");
    }
}
