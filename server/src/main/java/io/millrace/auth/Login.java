package io.millrace.auth;

import io.millrace.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** What an {@code Authorization} header says. */
sealed interface Login {
    /** A token. */
    record Bearer(Secret token) implements Login {}

    /** Id and secret of a credential. */
    record Basic(String clientId, Secret secret) implements Login {}

    /** Returns what the header says, if that is anything we know. */
    static Optional<Login> parse(String header) {
        String[] parts = header.strip().split("\\s+", 2);
        String scheme = parts[0].toLowerCase(Locale.ROOT);
        if (parts.length < 2) {
            return Optional.empty();
        }
        if (scheme.equals("bearer")) {
            return Optional.of(new Bearer(Secret.of(parts[1])));
        }
        return scheme.equals("basic") ? basic(parts[1]) : Optional.empty();
    }

    private static Optional<Login> basic(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 || pair.indexOf('\0') >= 0
                    ? Optional.empty()
                    : Optional.of(new Basic(pair.substring(0, colon), Secret.of(pair.substring(colon + 1))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
