package io.millrace.auth;

import io.millrace.secret.Secret;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A secret as it is kept: PBKDF2 with HMAC-SHA-256 and a salt of its own. Secrets that we make have 256 bits and would
 * need no stretching; one that an operator chose may be weak.
 */
record SecretHash(int iterations, String salt, String hash) {
    private static final int ITERATIONS = 50_000;
    private static final int BYTES = 32;
    private static final String FORM = "pbkdf2-sha256";

    static SecretHash of(Secret secret, SecureRandom random) {
        byte[] salt = new byte[16];
        random.nextBytes(salt);
        String encoded = Base64.getEncoder().encodeToString(salt);
        return new SecretHash(ITERATIONS, encoded, derive(secret, encoded, ITERATIONS));
    }

    /** Returns a hash that no secret has, made at no cost; to compare with it takes as long as with any other. */
    static SecretHash ofNothing(SecureRandom random) {
        byte[] bytes = new byte[16 + BYTES];
        random.nextBytes(bytes);
        Base64.Encoder text = Base64.getEncoder();
        return new SecretHash(
                ITERATIONS,
                text.encodeToString(Arrays.copyOf(bytes, 16)),
                text.encodeToString(Arrays.copyOfRange(bytes, 16, bytes.length)));
    }

    static SecretHash parse(String column) {
        String[] parts = column.split("\\$", -1);
        if (parts.length != 4 || !parts[0].equals(FORM)) {
            throw new IllegalStateException("a stored secret has an unknown form");
        }
        return new SecretHash(Integer.parseInt(parts[1]), parts[2], parts[3]);
    }

    /** Returns whether this is the hash of the secret; takes some ten milliseconds of a core, the same for both answers. */
    boolean matches(Secret secret) {
        return MessageDigest.isEqual(
                Base64.getDecoder().decode(hash), Base64.getDecoder().decode(derive(secret, salt, iterations)));
    }

    String toColumn() {
        return String.join("$", FORM, Integer.toString(iterations), salt, hash);
    }

    private static String derive(Secret secret, String salt, int iterations) {
        // PBEKeySpec refuses an empty password; no secret is empty, so any other text will do.
        char[] password =
                secret.reveal().isEmpty() ? new char[] {0} : secret.reveal().toCharArray();
        PBEKeySpec spec = new PBEKeySpec(password, Base64.getDecoder().decode(salt), iterations, BYTES * 8);
        try {
            byte[] key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
            return Base64.getEncoder().encodeToString(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has PBKDF2 with HMAC-SHA-256", e);
        } finally {
            spec.clearPassword();
        }
    }
}
