package io.millrace.tunnel;

import io.millrace.catalogue.ConfigRules;
import io.millrace.catalogue.ConfigValues;
import io.millrace.connector.ServerAddress;
import io.millrace.http.ApiProblem;
import io.millrace.secret.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which tunnel a configuration asks for.
 *
 * @param server the SSH server
 * @param user login there
 * @param end what the SSH server is to reach, in its own terms
 */
record TunnelTerms(ServerAddress server, String user, ServerAddress end, TunnelKey key) {
    private static final String ENABLED = "ssh.enabled";
    private static final String HOST = "ssh.host";
    private static final String PORT = "ssh.port";
    private static final String USER = "ssh.user";

    /** Returns whether a configuration asks for a tunnel; it has no effect where the connector does not have the key. */
    static boolean wanted(ConfigValues config) {
        return config.connector().key(ENABLED).isPresent() && config.isTrue(ENABLED);
    }

    /** Returns the SSH server; refuses what names none. */
    static ServerAddress server(ConfigValues config) {
        if (config.given(HOST).isEmpty()) {
            throw new ApiProblem.Invalid(ConfigRules.sentence(List.of("'" + HOST + "' is a required field")));
        }
        return ServerAddress.of(config, HOST, PORT);
    }

    /** Reads a configuration that was checked; nothing where no key pair goes with it yet. */
    static Optional<TunnelTerms> of(ConfigValues config, Map<String, Secret> own) {
        Optional<Secret> secret = Optional.ofNullable(own.get(TunnelKey.SHOWN));
        return config.text(TunnelKey.SHOWN)
                .flatMap(line -> secret.map(half -> new TunnelKey(line, half)))
                .map(key ->
                        new TunnelTerms(server(config), config.text(USER).orElse(""), ServerAddress.of(config), key));
    }
}
