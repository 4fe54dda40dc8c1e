package io.millrace.connector;

import io.millrace.catalogue.ConfigValues;
import io.millrace.database.ConnectionFailedException;
import io.millrace.database.ValidationReport;
import io.millrace.secret.Secret;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * Ways to what connectors connect to, where it is not reached directly. A way is there as long as its connector is wanted,
 * and leads to the same local address all the time. Their rules are checked and told with those of each kind of connector.
 * Thread-safe.
 */
public interface Ways extends ConnectorRules {
    /** Everything is reached directly. */
    Ways DIRECT = new Ways() {
        @Override
        public void check(ConfigValues config, Optional<ConfigValues> before) {}

        @Override
        public ConfigValues through(ClearConfig connector, ConfigValues config) {
            return config;
        }

        @Override
        public void open(ClearConfig connector) {}

        @Override
        public ValidationReport tried(Trial trial, Function<ConfigValues, ValidationReport> look) {
            return look.apply(trial.config());
        }

        @Override
        public Optional<String> trouble(ConnectorId connector) {
            return Optional.empty();
        }

        @Override
        public void forgotten(Handle handle, ConnectorId connector) {}
    };

    /**
     * A configuration that is tried out.
     *
     * @param saved the connector that it is for, if it exists
     * @param own the server's own secrets of that connector
     * @param limit aim for the time that it takes
     */
    record Trial(ConfigValues config, Optional<ConnectorId> saved, Map<String, Secret> own, Duration limit) {
        public Trial {
            own = Map.copyOf(own);
        }
    }

    /**
     * Returns a configuration with the address at which this process reaches the other end. Waits for nothing: the way
     * itself may still be in the making.
     *
     * @param connector whose way it is
     * @param config what the address is put into
     */
    ConfigValues through(ClearConfig connector, ConfigValues config);

    /**
     * Makes sure that the way of a connector is open up to its end.
     *
     * @throws ConnectionFailedException with what stands in it, in words
     */
    void open(ClearConfig connector) throws ConnectionFailedException;

    /** Looks at what is at the end of a way that is there for this look only. */
    ValidationReport tried(Trial trial, Function<ConfigValues, ValidationReport> look);

    /** Returns what stands in the way of a connector, in a sentence; empty where it is open or direct. Reads memory only. */
    Optional<String> trouble(ConnectorId connector);

    /** Told in the transaction after which nothing of a connector is reached any more. */
    void forgotten(Handle handle, ConnectorId connector);
}
