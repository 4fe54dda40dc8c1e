package io.millrace.source;

import io.millrace.connector.FilledKeys;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values of the keys that the server fills in configurations of sources. */
public final class FilledSourceKeys {
    private static final int KEY_BYTES = 32;
    private static final String CONNECTION_STRING = "mongodb.connection.string.user.defined";

    /** The hosts of a connection string; where it is not well formed, nothing of it is shown, as it holds a password. */
    private static final Pattern HOSTS =
            Pattern.compile("mongodb(?:\\+srv)?://(?:[^@/]*@)?([A-Za-z0-9.:,_\\[\\]-]+)(?:[/?][^@]*)?");

    private FilledSourceKeys() {}

    /**
     * Returns what makes them, by the names of the keys.
     *
     * @param apiUrl address of the REST API
     */
    public static Map<String, FilledKeys.Maker> makers(Supplier<String> apiUrl, SecureRandom random) {
        return Map.of(
                "webhook.url",
                (id, config) -> Optional.of(new FilledKeys.Made(apiUrl.get() + "/webhooks/" + id, Optional.empty())),
                "api.key",
                (id, config) -> Optional.of(new FilledKeys.Made(text(random), Optional.empty())),
                "mongodb.connection.hostname",
                FilledKeys.Maker.following(config -> config.text(CONNECTION_STRING)
                        .map(HOSTS::matcher)
                        .filter(Matcher::matches)
                        .map(hosts -> hosts.group(1))));
    }

    private static String text(SecureRandom random) {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
