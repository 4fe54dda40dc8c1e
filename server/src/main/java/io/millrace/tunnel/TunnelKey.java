package io.millrace.tunnel;

import io.millrace.connector.FilledKeys;
import io.millrace.secret.Secret;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;

/**
 * Key pair of one connector, on the curve P-256, which every SSH server of the last fifteen years takes.
 *
 * @param line public half, as a line of {@code authorized_keys}
 * @param secret private half, as PKCS #8 in Base64
 */
record TunnelKey(String line, Secret secret) {
    /** Key of configurations that shows the public half; the private half is the secret that goes with it. */
    static final String SHOWN = "ssh.public.key.user.displayed";

    private static final String ALGORITHM = "EC";

    /** Returns a new one. */
    static TunnelKey made(String comment) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            return new TunnelKey(
                    PublicKeyEntry.toString(pair.getPublic()) + " " + comment,
                    Secret.of(
                            Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has keys on P-256", e);
        }
    }

    /** Returns what makes them when a connector is first saved. */
    static FilledKeys.Maker maker() {
        return (id, config) -> {
            TunnelKey key = made("millrace-" + id.kind().noun() + "-" + id);
            return Optional.of(new FilledKeys.Made(key.line(), Optional.of(key.secret())));
        };
    }

    KeyPair pair() {
        try {
            PublicKey open = AuthorizedKeyEntry.parseAuthorizedKeyEntry(line)
                    .resolvePublicKey(null, PublicKeyEntryResolver.FAILING);
            return new KeyPair(
                    open,
                    KeyFactory.getInstance(ALGORITHM)
                            .generatePrivate(
                                    new PKCS8EncodedKeySpec(Base64.getDecoder().decode(secret.reveal()))));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("the store holds a key pair of a tunnel that is none", e);
        }
    }
}
