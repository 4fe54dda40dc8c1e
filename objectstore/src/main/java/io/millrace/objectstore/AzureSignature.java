package io.millrace.objectstore;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests with the key of a storage account, which never leaves this process.
 *
 * @see <a href="https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key">Authorize with Shared Key</a>
 */
final class AzureSignature {
    /** Of the protocol, with every request. */
    static final String VERSION = "2021-12-02";

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private AzureSignature() {}

    /**
     * Returns the headers to send: those given, and those that say who asks and when.
     *
     * @param headers names in lower case
     * @param length of the body, in bytes
     */
    static Map<String, String> sign(
            AzureLogin login, String method, URI uri, Map<String, String> headers, long length, Instant at) {
        TreeMap<String, String> all = new TreeMap<>(headers);
        all.put("x-ms-version", VERSION);
        all.put("x-ms-date", MOMENT.format(at));
        if (login instanceof AzureLogin.AccountKey by) {
            String toSign = toSign(by.account(), method, uri, all, length);
            all.put("authorization", "SharedKey " + by.account() + ":" + mac(by.key(), toSign));
        }
        return all;
    }

    private static String toSign(
            String account, String method, URI uri, SortedMap<String, String> headers, long length) {
        String ours = headers.entrySet().stream()
                .filter(header -> header.getKey().startsWith("x-ms-"))
                .map(header -> header.getKey() + ":" + header.getValue().strip() + "\n")
                .collect(Collectors.joining());
        return String.join(
                        "\n",
                        method,
                        "", // Content-Encoding
                        "", // Content-Language
                        length == 0 ? "" : String.valueOf(length),
                        headers.getOrDefault("content-md5", ""),
                        headers.getOrDefault("content-type", ""),
                        "", // Date; x-ms-date says it
                        "", // If-Modified-Since
                        "", // If-Match
                        "", // If-None-Match
                        "", // If-Unmodified-Since
                        "", // Range
                        ours)
                + "/" + account + uri.getRawPath() + query(uri);
    }

    private static String query(URI uri) {
        if (uri.getRawQuery() == null) {
            return "";
        }
        TreeMap<String, String> parameters = new TreeMap<>();
        for (String part : uri.getRawQuery().split("&")) {
            int equals = part.indexOf('=');
            parameters.put(
                    (equals < 0 ? part : part.substring(0, equals)).toLowerCase(Locale.ROOT),
                    equals < 0 ? "" : URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return parameters.entrySet().stream()
                .map(parameter -> "\n" + parameter.getKey() + ":" + parameter.getValue())
                .collect(Collectors.joining());
    }

    private static String mac(String key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(key), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HmacSHA256", e);
        }
    }
}
