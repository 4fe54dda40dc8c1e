package io.millrace.connector;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.catalogue.ConfigRules;
import io.millrace.catalogue.ConfigValues;
import io.millrace.http.ApiProblem;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where the database is.
 *
 * @param host name or address; an IPv6 address without brackets
 */
public record ServerAddress(String host, int port) {
    private static final String HOST = "database.hostname.user.defined";
    private static final String PORT = "database.port.user.defined";
    private static final int MOST_PORT = 65_535;

    /** The driver puts the host into a URL, so nothing else may get in there. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9._-]{0,253})");

    private static final Pattern IPV6 = Pattern.compile("\\[?([0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)]?");

    /** Reads host and port; refuses what is neither a name nor an address. */
    public static ServerAddress of(ConfigValues config) {
        return of(config, HOST, PORT);
    }

    /** As {@link #of(ConfigValues)}, for an address in keys of these names. */
    public static ServerAddress of(ConfigValues config, String hostKey, String portKey) {
        String host = config.text(hostKey).orElse("").strip();
        int port = port(config, portKey);
        if (NAME.matcher(host).matches()) {
            return new ServerAddress(host, port);
        }
        if (IPV6.matcher(host).matches()) {
            return new ServerAddress(host.replaceAll("[\\[\\]]", ""), port);
        }
        throw new ApiProblem.BadRequest("'" + hostKey + "' must be one host name or IP address, not '" + host + "'");
    }

    /** Returns the host as it stands in a URL. */
    public String urlHost() {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    /** Returns the configuration with this address in the place of its own. */
    public ConfigValues in(ConfigValues config) {
        ObjectNode changed = config.config().deepCopy();
        changed.put(HOST, host).put(PORT, port);
        return new ConfigValues(config.connector(), changed);
    }

    /** Returns what tells the servers of configurations apart; one host may be another one behind another SSH server. */
    public static String keyOf(ConfigValues config) {
        String key = of(config).key();
        return config.isTrue("ssh.enabled")
                ? key + " behind " + of(config, "ssh.host", "ssh.port").key()
                : key;
    }

    /** Returns what tells addresses apart. */
    public String key() {
        return host.toLowerCase(Locale.ROOT) + ":" + port;
    }

    @Override
    public String toString() {
        return urlHost() + ":" + port;
    }

    private static int port(ConfigValues config, String key) {
        long port = config.effective(key).map(value -> value.asLong()).orElse(0L);
        if (port < 1 || port > MOST_PORT) {
            throw new ApiProblem.Invalid(
                    ConfigRules.sentence(List.of("'" + key + "' must be between 1 and " + MOST_PORT)));
        }
        return (int) port;
    }
}
