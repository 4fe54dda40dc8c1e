package io.millrace.objectstore;

import java.nio.charset.StandardCharsets;

/** Names as they stand in addresses, exactly as signatures want them. */
final class Escaped {
    private static final String PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";

    private Escaped() {}

    /** Returns a path of which everything is escaped but letters, digits, {@code - . _ ~} and slashes. */
    static String path(String name) {
        StringBuilder path = new StringBuilder();
        for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
            if (PLAIN.indexOf(octet) >= 0) {
                path.append((char) octet);
            } else {
                path.append(String.format("%%%02X", octet & 0xff));
            }
        }
        return path.toString();
    }

    /** Returns a value in a query, of which slashes are escaped as well. */
    static String query(String value) {
        return path(value).replace("/", "%2F");
    }
}
