package io.millrace.destination;

import io.millrace.catalogue.ConfigValues;
import io.millrace.http.ApiProblem;
import java.util.regex.Pattern;

/**
 * Where a server is.
 *
 * @param name name or address; an IPv6 address without brackets
 */
public record NetworkHost(String name, int port) {
    private static final int MOST_PORT = 65_535;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,253}");
    private static final Pattern IPV6 = Pattern.compile("\\[?([0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)]?");

    /** Reads host and port; refuses what is neither a name nor an address, and a port that there is not. */
    public static NetworkHost of(ConfigValues config, String hostKey, String portKey) {
        String host = config.text(hostKey).orElse("").strip();
        int port = (int) SinkKeys.number(config, portKey, 1, MOST_PORT);
        if (NAME.matcher(host).matches()) {
            return new NetworkHost(host, port);
        }
        if (IPV6.matcher(host).matches()) {
            return new NetworkHost(host.replaceAll("[\\[\\]]", ""), port);
        }
        throw new ApiProblem.BadRequest("'" + hostKey + "' must be one host name or IP address, not '" + host + "'");
    }

    /** Returns the host as it stands in a URL. */
    public String inUrl() {
        return name.contains(":") ? "[" + name + "]" : name;
    }

    @Override
    public String toString() {
        return inUrl() + ":" + port;
    }
}
