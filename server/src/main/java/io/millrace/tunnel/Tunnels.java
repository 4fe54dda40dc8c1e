package io.millrace.tunnel;

import io.millrace.catalogue.ConfigValues;
import io.millrace.connector.ClearConfig;
import io.millrace.connector.Connector;
import io.millrace.connector.ConnectorId;
import io.millrace.connector.FilledKeys;
import io.millrace.connector.ServerAddress;
import io.millrace.connector.Ways;
import io.millrace.database.Check;
import io.millrace.database.ConnectionFailedException;
import io.millrace.database.ValidationReport;
import io.millrace.store.Store;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.sshd.client.session.ClientSession;
import org.jdbi.v3.core.Handle;

/** The tunnels of all connectors whose configurations ask for one. */
public final class Tunnels implements Ways, AutoCloseable {
    private static final String CHECK = "ssh_tunnel";

    private final KnownHosts known;
    private final SshLogins logins = new SshLogins();
    private final Map<ConnectorId, Tunnel> tunnels = new ConcurrentHashMap<>();

    public Tunnels(Store store) {
        known = new KnownHosts(store);
    }

    /** Returns what fills the key of configurations that shows the public half of a key pair. */
    public static Map<String, FilledKeys.Maker> makers() {
        return Map.of(TunnelKey.SHOWN, TunnelKey.maker());
    }

    /** Opens the doors that there were before this process: workers may knock before it is known where they lead. */
    public void begin() {
        known.ports()
                .forEach(
                        (id, port) -> tunnels.computeIfAbsent(id, missing -> new Tunnel(missing, port, logins, known)));
    }

    @Override
    public void check(ConfigValues config, Optional<ConfigValues> before) {
        if (TunnelTerms.wanted(config)) {
            TunnelTerms.server(config);
        }
    }

    @Override
    public void saved(Handle handle, Connector connector, ConfigValues config) {
        if (TunnelTerms.wanted(config)) {
            known.keep(handle, connector.id(), TunnelTerms.server(config));
        } else {
            known.forget(handle, connector.id());
        }
    }

    @Override
    public ConfigValues through(ClearConfig connector, ConfigValues config) {
        Optional<Tunnel> tunnel = led(connector);
        return tunnel.isPresent() ? tunnel.get().door().in(config) : config;
    }

    @Override
    public void open(ClearConfig connector) throws ConnectionFailedException {
        Optional<Tunnel> tunnel = led(connector);
        if (tunnel.isPresent()) {
            tunnel.get().open();
        }
    }

    @Override
    public ValidationReport tried(Trial trial, Function<ConfigValues, ValidationReport> look) {
        if (!TunnelTerms.wanted(trial.config())) {
            return look.apply(trial.config());
        }
        Optional<TunnelTerms> terms = TunnelTerms.of(trial.config(), trial.own());
        if (terms.isEmpty()) {
            return failed(
                    "There is no key yet that the SSH server could let in: it is made when the configuration is first saved.",
                    "Save it, put the line of '" + TunnelKey.SHOWN
                            + "' into ~/.ssh/authorized_keys of the user on the SSH server, and validate it again with its id.");
        }
        Optional<String> hostKey =
                trial.saved().flatMap(id -> known.hostKey(id, terms.get().server()));
        try (ClientSession session = logins.login(terms.get(), hostKey).session()) {
            logins.channel(session, terms.get()).close(false);
            try (Door door = Door.open("tunnel-trial", 0, () -> logins.channel(session, terms.get()))) {
                ValidationReport report =
                        look.apply(new ServerAddress(Tunnel.LOOPBACK, door.port()).in(trial.config()));
                Check open = Check.passed(
                        CHECK,
                        "The SSH server at " + terms.get().server() + " leads to "
                                + terms.get().end() + ".");
                return new ValidationReport(
                        Stream.concat(Stream.of(open), report.checks().stream()).toList(), report.serverVersion());
            }
        } catch (ConnectionFailedException e) {
            return failed(String.valueOf(e.getMessage()), e.hint());
        } catch (IOException e) {
            return failed("The tunnel broke off: " + e.getMessage(), "Validate again.");
        }
    }

    @Override
    public Optional<String> trouble(ConnectorId connector) {
        return Optional.ofNullable(tunnels.get(connector)).flatMap(Tunnel::trouble);
    }

    @Override
    public void forgotten(Handle handle, ConnectorId connector) {
        known.forget(handle, connector);
        end(connector);
    }

    /** Closes all tunnels; their doors open again in the next process. */
    @Override
    public void close() {
        tunnels.keySet().forEach(this::end);
        logins.close();
    }

    private Optional<Tunnel> led(ClearConfig connector) {
        if (!TunnelTerms.wanted(connector.values())) {
            end(connector.id());
            return Optional.empty();
        }
        TunnelTerms terms = TunnelTerms.of(connector.values(), connector.own())
                .orElseThrow(() -> new IllegalStateException("Tunnels need a key pair, and " + connector.id()
                        + " was saved before there were any; save it again"));
        Tunnel tunnel = tunnels.computeIfAbsent(connector.id(), missing -> new Tunnel(missing, 0, logins, known));
        tunnel.lead(terms);
        return Optional.of(tunnel);
    }

    private void end(ConnectorId id) {
        Optional.ofNullable(tunnels.remove(id)).ifPresent(Tunnel::close);
    }

    private static ValidationReport failed(String message, String hint) {
        return new ValidationReport(List.of(Check.failed(CHECK, message, hint)), Optional.empty());
    }
}
