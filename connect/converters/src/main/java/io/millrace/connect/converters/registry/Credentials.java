package io.millrace.connect.converters.registry;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A client id and its secret. Never shows either. */
public record Credentials(String clientId, String secret) {
    /**
     * Reads {@code <client id>:<secret>}.
     *
     * @throws IllegalArgumentException if there is no colon, or nothing before it
     */
    public static Credentials parse(String userInfo) {
        int colon = userInfo.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("Credentials must have the form <client id>:<secret>");
        }
        return new Credentials(userInfo.substring(0, colon), userInfo.substring(colon + 1));
    }

    String basic() {
        byte[] pair = (clientId + ":" + secret).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    @Override
    public String toString() {
        return "********";
    }
}
