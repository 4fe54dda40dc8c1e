package io.millrace.objectstore;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/**
 * A service account of Google's, by a key of it.
 *
 * @param email by which it is known
 * @param keyId which of its keys it is
 * @param key never shown
 * @param tokens where a signed claim is changed into a token
 */
public record ServiceAccount(String email, String keyId, PrivateKey key, URI tokens) {
    private static final String GOOGLE = "https://oauth2.googleapis.com/token";
    private static final String SCOPE = "https://www.googleapis.com/auth/devstorage.read_write";
    private static final Duration LONGEST = Duration.ofHours(1);

    /**
     * Reads the file that Google hands out for a key; also as one text of JSON, as escaped text comes.
     *
     * @throws IllegalArgumentException when it cannot be understood; in words that show nothing of the key
     */
    public static ServiceAccount of(String json) {
        Map<String, String> file = JsonTexts.of(json);
        if (file.containsKey("")) {
            file = JsonTexts.of(file.get(""));
        }
        String type = file.getOrDefault("type", "service_account");
        if (!type.equals("service_account")) {
            throw new IllegalArgumentException(
                    "is of the type '" + type + "', and must be the key of a service account");
        }
        for (String member : new String[] {"client_email", "private_key"}) {
            if (file.getOrDefault(member, "").isBlank()) {
                throw new IllegalArgumentException(
                        "has no '" + member + "', and must be the whole file of a key of a service account");
            }
        }
        return new ServiceAccount(
                file.get("client_email"),
                file.getOrDefault("private_key_id", ""),
                key(file.get("private_key")),
                S3Location.endpoint(file.getOrDefault("token_uri", GOOGLE)));
    }

    private static PrivateKey key(String pem) {
        String base64 =
                pem.replace("\\n", "\n").replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        try {
            return KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // Their messages could show a part of the key.
            throw new IllegalArgumentException(
                    "has a 'private_key' that is no RSA key in PKCS #8, as Google makes them");
        }
    }

    /** Returns a claim to write objects, signed; good for an hour. */
    String claim(Instant at) {
        String header = "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":" + JsonTexts.quoted(keyId) + "}";
        String claims = "{\"iss\":" + JsonTexts.quoted(email) + ",\"scope\":" + JsonTexts.quoted(SCOPE) + ",\"aud\":"
                + JsonTexts.quoted(tokens.toString()) + ",\"iat\":" + at.getEpochSecond() + ",\"exp\":"
                + at.plus(LONGEST).getEpochSecond() + "}";
        String toSign =
                base64(header.getBytes(StandardCharsets.UTF_8)) + "." + base64(claims.getBytes(StandardCharsets.UTF_8));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(toSign.getBytes(StandardCharsets.UTF_8));
            return toSign + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A key of RSA cannot sign", e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return email + " (key hidden)";
    }
}
