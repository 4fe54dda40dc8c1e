package io.millrace.secret;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
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
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;

/** The keys of the master key file: the first one seals, all of them open. */
public final class MasterKey {
    private static final int BYTES = 32;

    private final Map<String, SecretKeySpec> keys;

    private MasterKey(Map<String, SecretKeySpec> keys) {
        this.keys = keys;
    }

    /**
     * Reads the file, or makes it, with a key from {@code random}, when it is not there.
     *
     * @param needed ids of the keys that something at rest is sealed with; without one of them this throws
     *     {@link IllegalArgumentException}, and no file is made
     */
    public static MasterKey at(Path file, SecureRandom random, Set<String> needed) throws IOException {
        if (!Files.exists(file)) {
            if (!needed.isEmpty()) {
                throw new IllegalArgumentException("the master key file " + file
                        + " is missing, and the store holds secrets that were sealed with it;"
                        + " put it back, or say where it is with MILLRACE_MASTER_KEY_FILE");
            }
            byte[] key = new byte[BYTES];
            random.nextBytes(key);
            PrivateFile.write(file, Base64.getEncoder().encodeToString(key) + "\n");
        }
        MasterKey found = parse(file, lines(file));
        for (String id : needed) {
            if (found.find(id).isEmpty()) {
                throw new IllegalArgumentException("the master key file " + file + " does not hold the key " + id
                        + ", with which secrets in the store were sealed; add that key as a further line");
            }
        }
        return found;
    }

    private static List<String> lines(Path file) throws IOException {
        try {
            return Files.readAllLines(file);
        } catch (MalformedInputException e) {
            throw new IllegalArgumentException(file + " is no text; it needs a line of 32 bytes in Base64", e);
        } catch (AccessDeniedException e) {
            throw new IllegalArgumentException("the master key file " + file + " may not be read by this user", e);
        }
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
