package io.millrace.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Secrets as text that can be stored. Thread-safe. */
public final class SealedSecrets {
    private static final String FORM = "v1";
    private static final int PARTS = 4;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final MasterKey keys;
    private final SecureRandom random;

    public SealedSecrets(MasterKey keys, SecureRandom random) {
        this.keys = keys;
        this.random = random;
    }

    /** Returns the secret sealed for one place; the same secret looks different every time. */
    public String seal(Secret secret, String place) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = run(
                Cipher.ENCRYPT_MODE,
                keys.current(),
                nonce,
                place,
                secret.reveal().getBytes(StandardCharsets.UTF_8));
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return String.join(":", FORM, keys.id(), base64.encodeToString(nonce), base64.encodeToString(sealed));
    }

    /** Returns the secret; throws {@link IllegalStateException} when it was sealed for another place, altered, or its key is gone. */
    public Secret open(String sealed, String place) {
        String[] parts = sealed.split(":", -1);
        if (parts.length != PARTS || !parts[0].equals(FORM)) {
            throw new IllegalStateException("no sealed secret at " + place);
        }
        SecretKeySpec key = keys.find(parts[1])
                .orElseThrow(() -> new IllegalStateException("the secret at " + place + " was sealed with master key "
                        + parts[1] + ", which the master key file does not hold; add that key as a further line"));
        Base64.Decoder base64 = Base64.getDecoder();
        byte[] clear = run(Cipher.DECRYPT_MODE, key, base64.decode(parts[2]), place, base64.decode(parts[3]));
        return Secret.of(new String(clear, StandardCharsets.UTF_8));
    }

    /** Returns the id of the master key with which a secret was sealed; nothing for text that is no sealed secret. */
    public static Optional<String> keyOf(String sealed) {
        String[] parts = sealed.split(":", -1);
        return parts.length == PARTS && parts[0].equals(FORM) ? Optional.of(parts[1]) : Optional.empty();
    }

    private static byte[] run(int mode, SecretKeySpec key, byte[] nonce, String place, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the secret at " + place + " cannot be opened or sealed", e);
        }
    }
}
