package io.millrace.secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;

/** The keys of the master key file: the first one seals, all of them open. */
public final class MasterKey {
    private static final int BYTES = 32;

    private final Map<String, SecretKeySpec> keys;

    private MasterKey(Map<String, SecretKeySpec> keys) {
        this.keys = keys;
    }

    /** Reads the file, or makes it, with a key from {@code random}, when it is not there. */
    public static MasterKey at(Path file, SecureRandom random) throws IOException {
        if (!Files.exists(file)) {
            byte[] key = new byte[BYTES];
            random.nextBytes(key);
            PrivateFile.write(file, Base64.getEncoder().encodeToString(key) + "\n");
        }
        return parse(file, Files.readAllLines(file));
    }

    private static MasterKey parse(Path file, List<String> lines) {
        Map<String, SecretKeySpec> keys = new LinkedHashMap<>();
        for (String line : lines) {
            if (!line.isBlank()) {
                byte[] key = decode(file, line.strip());
                keys.put(idOf(key), new SecretKeySpec(key, "AES"));
            }
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException(file + " holds no key; it needs a line of 32 bytes in Base64");
        }
        return new MasterKey(keys);
    }

    private static byte[] decode(Path file, String line) {
        try {
            byte[] key = Base64.getDecoder().decode(line);
            if (key.length == BYTES) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            // Said below, without the text of the line: it may be a key with a typing mistake.
        }
        throw new IllegalArgumentException(file + " holds a line that is not 32 bytes in Base64");
    }

    private static String idOf(byte[] key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Returns the id of the key that seals. */
    public String id() {
        return keys.keySet().iterator().next();
    }

    SecretKeySpec current() {
        return keys.values().iterator().next();
    }

    Optional<SecretKeySpec> find(String id) {
        return Optional.ofNullable(keys.get(id));
    }
}
