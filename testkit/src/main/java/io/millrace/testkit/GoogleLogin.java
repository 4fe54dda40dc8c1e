package io.millrace.testkit;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Changes the signed claims of one service account into tokens that are good for an hour, as Google documents it.
 *
 * @see <a href="https://developers.google.com/identity/protocols/oauth2/service-account#httprest">OAuth 2.0 for service
 *     accounts</a>
 */
final class GoogleLogin {
    private static final String EMAIL = "writer@millrace-test.iam.gserviceaccount.com";
    private static final String SCOPE = "https://www.googleapis.com/auth/devstorage.read_write";
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static final Pattern FORM =
            Pattern.compile("grant_type=([^&]*)&assertion=([\\w-]+)\\.([\\w-]+)\\.([\\w-]+)");
    private static final int KEY_BITS = 2048;
    private static final int HOUR = 3600;
    private static final int REFUSED = 400;
    private static final int OK = 200;

    private final String url;
    private final KeyPair right = pair();
    private final KeyPair wrong = pair();
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();

    /** @param url where claims are sent to */
    GoogleLogin(String url) {
        this.url = url;
    }

    /** An answer to a claim. */
    record Answer(int status, String json) {}

    String credentials() {
        return file(right);
    }

    String wrongCredentials() {
        return file(wrong);
    }

    int count() {
        return count.get();
    }

    void revoke() {
        tokens.clear();
    }

    boolean lets(@Nullable String authorization) {
        return authorization != null
                && authorization.startsWith("Bearer ")
                && tokens.contains(authorization.substring("Bearer ".length()));
    }

    Answer answer(String form) {
        Matcher sent = FORM.matcher(form);
        if (!sent.matches()
                || !URLDecoder.decode(sent.group(1), StandardCharsets.UTF_8).equals(GRANT)) {
            return refused("unsupported_grant_type", "Invalid grant_type");
        }
        if (!isSigned(sent.group(2) + "." + sent.group(3), sent.group(4))) {
            return refused("invalid_grant", "Invalid JWT Signature.");
        }
        String header = decoded(sent.group(2));
        String claims = decoded(sent.group(3));
        long now = Instant.now().getEpochSecond();
        long issued = number(claims, "iat");
        if (Math.abs(issued - now) > HOUR / 2 || number(claims, "exp") - issued > HOUR) {
            return refused(
                    "invalid_grant",
                    "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe.");
        }
        if (!header.contains("\"alg\":\"RS256\"")
                || !claims.contains("\"iss\":\"" + EMAIL + "\"")
                || !claims.contains("\"scope\":\"" + SCOPE + "\"")
                || !claims.contains("\"aud\":\"" + url + "\"")) {
            return refused("invalid_grant", "Invalid JWT");
        }
        String token = "token-" + count.incrementAndGet();
        tokens.add(token);
        return new Answer(OK, "{\"access_token\":\"" + token + "\",\"expires_in\":3599,\"token_type\":\"Bearer\"}");
    }

    private static Answer refused(String error, String description) {
        return new Answer(REFUSED, "{\"error\":\"" + error + "\",\"error_description\":\"" + description + "\"}");
    }

    private boolean isSigned(String text, String signed) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(right.getPublic());
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return signature.verify(Base64.getUrlDecoder().decode(signed));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static long number(String json, String name) {
        Matcher found = Pattern.compile("\"" + name + "\":(\\d+)").matcher(json);
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }

    private static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }

    private String file(KeyPair pair) {
        String key = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(pair.getPrivate().getEncoded());
        String pem = ("-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n").replace("\n", "\\n");
        return "{\"type\": \"service_account\", \"project_id\": \"millrace-test\", \"private_key_id\": \"1\",\n\"private_key\": \""
                + pem + "\",\n\"client_email\": \"" + EMAIL + "\", \"token_uri\": \"" + url + "\"}";
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(KEY_BITS);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has RSA", e);
        }
    }
}
