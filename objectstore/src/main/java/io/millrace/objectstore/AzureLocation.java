package io.millrace.objectstore;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Where a container of Azure Blob Storage is, and who asks.
 *
 * @param endpoint of the account, {@code https://shop.blob.core.windows.net} for example
 */
public record AzureLocation(URI endpoint, String container, AzureLogin login) {
    private static final Pattern CONTAINER = Pattern.compile("[a-z0-9]([a-z0-9-]{1,61}[a-z0-9])|\\$root|\\$web");
    private static final Pattern PLAIN_HOST = Pattern.compile("localhost|[0-9.]+|\\[.*]");
    private static final Set<String> SCHEMES = Set.of("http", "https");

    /** What everybody knows of an emulator on this machine; Microsoft's documentation has it. */
    private static final String DEVELOPMENT = "AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1"
            + "OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;"
            + "BlobEndpoint=http://127.0.0.1:10000/devstoreaccount1";

    /** Refuses a container that cannot be. */
    public AzureLocation {
        if (!CONTAINER.matcher(container).matches()) {
            throw new IllegalArgumentException("'" + container
                    + "' is no name of a container: 3 to 63 small letters, digits and single '-' between them");
        }
    }

    /**
     * Reads a connection string, or the URL of a shared access signature.
     *
     * @param container as far as the URL does not name it
     * @throws IllegalArgumentException when it cannot be understood; in words that show nothing of it that is secret
     */
    public static AzureLocation of(String given, Optional<String> container) {
        String text = given.strip();
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.startsWith("http://") || lower.startsWith("https://")
                ? ofUrl(text, container)
                : ofPairs(text, container);
    }

    private static AzureLocation ofUrl(String text, Optional<String> container) {
        URI url = uri(text);
        String query = Optional.ofNullable(url.getRawQuery()).orElse("");
        // Where the host does not name the account, the path begins with it.
        int before = PLAIN_HOST.matcher(url.getHost()).matches() ? 1 : 0;
        String[] parts = url.getRawPath().replaceFirst("^/", "").split("/");
        String account = before == 1 && !parts[0].isEmpty() ? "/" + parts[0] : "";
        Optional<String> named =
                Optional.of(parts.length > before ? parts[before] : "").filter(part -> !part.isEmpty());
        if (named.isPresent()
                && container.filter(other -> !other.equals(named.get())).isPresent()) {
            throw new IllegalArgumentException(
                    "is for the container '" + named.get() + "', not for '" + container.get() + "'");
        }
        return new AzureLocation(
                URI.create(url.getScheme() + "://" + url.getRawAuthority() + account),
                named.or(() -> container).orElseThrow(AzureLocation::noContainer),
                new AzureLogin.Signature(query));
    }

    private static AzureLocation ofPairs(String text, Optional<String> container) {
        Map<String, String> pairs = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String pair : text.split(";")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                pairs.put(
                        pair.substring(0, equals).strip(),
                        pair.substring(equals + 1).strip());
            }
        }
        if ("true".equalsIgnoreCase(pairs.get("UseDevelopmentStorage"))) {
            return ofPairs(DEVELOPMENT, container);
        }
        String account = pairs.getOrDefault("AccountName", "");
        String signature = pairs.getOrDefault("SharedAccessSignature", "").replaceFirst("^\\?", "");
        if (signature.isEmpty() && !pairs.containsKey("AccountKey")) {
            throw new IllegalArgumentException(
                    "must be the URL of a shared access signature, or a connection string such"
                            + " as AccountName=...;AccountKey=..., with BlobEndpoint=...;SharedAccessSignature=... instead if"
                            + " there is no key");
        }
        AzureLogin login = signature.isEmpty()
                ? new AzureLogin.AccountKey(account, pairs.getOrDefault("AccountKey", ""))
                : new AzureLogin.Signature(signature);
        return new AzureLocation(endpoint(pairs, account), container.orElseThrow(AzureLocation::noContainer), login);
    }

    private static URI endpoint(Map<String, String> pairs, String account) {
        String given = pairs.get("BlobEndpoint");
        if (given != null) {
            return uri(given.endsWith("/") ? given.substring(0, given.length() - 1) : given);
        }
        if (!account.matches("[a-z0-9]{3,24}")) {
            throw new IllegalArgumentException(
                    "needs 'BlobEndpoint', or as 'AccountName' 3 to 24 small letters and digits");
        }
        return uri(pairs.getOrDefault("DefaultEndpointsProtocol", "https") + "://" + account + ".blob."
                + pairs.getOrDefault("EndpointSuffix", "core.windows.net"));
    }

    private static URI uri(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            // Its message would show the text, and what is signed with it.
            throw new IllegalArgumentException("has an address that is no URL");
        }
        if (uri.getScheme() == null
                || !SCHEMES.contains(uri.getScheme().toLowerCase(Locale.ROOT))
                || uri.getHost() == null
                || uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("must have an address such as https://account.blob.core.windows.net");
        }
        return uri;
    }

    private static IllegalArgumentException noContainer() {
        return new IllegalArgumentException("does not say which container");
    }

    /** Returns the host, for messages. */
    public String host() {
        return endpoint.getAuthority();
    }

    /** Returns the address of a blob. */
    URI blob(String name, String query) {
        String all = login instanceof AzureLogin.Signature signed
                ? query.isEmpty() ? signed.query() : query + "&" + signed.query()
                : query;
        return URI.create(endpoint + "/" + container + "/" + Escaped.path(name) + (all.isEmpty() ? "" : "?" + all));
    }
}
