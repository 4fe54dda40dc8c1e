package io.millrace.auth;

import io.millrace.http.ApiProblem;
import io.millrace.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Compares secrets with what is kept of them. Hashing is slow on purpose, and whoever asks needs no token; so at most two
 * hashes run at a time, few wait, and a secret that was right once is recognised without hashing again, by a
 * keyed digest that never leaves this process. Thread-safe.
 */
final class SecretCheck {
    private static final int AT_A_TIME = 2;
    private static final int MOST_WAITING = 14;

    private final byte[] key = new byte[32];
    private final SecretHash nobody;
    private final Map<String, byte[]> known = new ConcurrentHashMap<>();
    private final Semaphore hashing = new Semaphore(AT_A_TIME, true);
    private final Semaphore admitted = new Semaphore(AT_A_TIME + MOST_WAITING);

    SecretCheck(SecureRandom random) {
        random.nextBytes(key);
        nobody = SecretHash.ofNothing(random);
    }

    /**
     * Returns whether the secret is right. For a client that does not exist it takes as long and answers false.
     *
     * @param stored column of the credential, if there is one
     */
    boolean matches(String clientId, Optional<String> stored, Secret secret) {
        byte[] digest = digest(clientId, stored.orElse(""), secret);
        byte[] last = known.get(clientId);
        if (stored.isPresent() && last != null && MessageDigest.isEqual(last, digest)) {
            return true;
        }
        boolean right = hashed(stored.map(SecretHash::parse).orElse(nobody), secret) && stored.isPresent();
        if (right) {
            known.put(clientId, digest);
        }
        return right;
    }

    private boolean hashed(SecretHash hash, Secret secret) {
        if (!admitted.tryAcquire()) {
            throw new ApiProblem.TooManyRequests("Too many logins at a time; try again in a second");
        }
        try {
            hashing.acquireUninterruptibly();
            try {
                return hash.matches(secret);
            } finally {
                hashing.release();
            }
        } finally {
            admitted.release();
        }
    }

    private byte[] digest(String clientId, String stored, Secret secret) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(key);
            for (String part : new String[] {clientId, stored, secret.reveal()}) {
                // Base64 has no blank, so a blank keeps the parts apart.
                digest.update(Base64.getEncoder().encode(part.getBytes(StandardCharsets.UTF_8)));
                digest.update((byte) ' ');
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
