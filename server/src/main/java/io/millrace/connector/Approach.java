package io.millrace.connector;

import io.millrace.catalogue.ConfigValues;
import io.millrace.database.ConnectionFailedException;
import io.millrace.database.ValidationReport;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Configurations as they are connected with: with the address at which the other end is reached from here. */
public final class Approach {
    private final ConfigVault vault;
    private final Ways ways;

    public Approach(ConfigVault vault, Ways ways) {
        this.vault = vault;
        this.ways = ways;
    }

    /** Returns a connector's configuration for workers, with references in the place of secrets. */
    public ConfigValues ofWorkers(Connector connector) {
        return ways.through(vault.clear(connector), vault.referring(connector));
    }

    /**
     * Returns a connector's configuration for a session of the server's own, with secrets in clear, once the way is open.
     *
     * @throws ConnectionFailedException when it is not, with the reason in words
     */
    public ConfigValues ofServer(Connector connector) throws ConnectionFailedException {
        return ofServer(connector.id(), connector.code(), connector.config());
    }

    /** As {@link #ofServer(Connector)}, for a connector of which only this is left. */
    public ConfigValues ofServer(ConnectorId id, String code, ConnectorConfig config) throws ConnectionFailedException {
        ClearConfig clear = vault.clear(id, code, config);
        ways.open(clear);
        return ways.through(clear, clear.values());
    }

    /** Looks at what a configuration that need not be saved connects to. */
    public ValidationReport tried(
            ConfigValues config,
            Optional<Connector> saved,
            Duration limit,
            Function<ConfigValues, ValidationReport> look) {
        return ways.tried(
                new Ways.Trial(
                        config,
                        saved.map(Connector::id),
                        saved.map(connector -> vault.clear(connector).own()).orElse(Map.of()),
                        limit),
                look);
    }

    /** Told in the transaction after which nothing of a connector is reached any more. */
    public void forgotten(Handle handle, ConnectorId connector) {
        ways.forgotten(handle, connector);
    }
}
