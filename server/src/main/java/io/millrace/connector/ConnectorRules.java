package io.millrace.connector;

import io.millrace.catalogue.ConfigValues;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What connectors of one kind have to keep beyond the rules of the catalogue. Refuses with an {@code ApiProblem}. */
public interface ConnectorRules {
    /** Refuses a configuration, or a change of one, that cannot be done as asked. The rules of the catalogue were checked before. */
    void check(ConfigValues config, Optional<ConfigValues> before);

    /**
     * Told in the transaction that saves a connector, after its row was written; refuses what another connector uses.
     *
     * @param config with its secrets in clear
     */
    default void saved(Handle handle, Connector connector, ConfigValues config) {}

    /** Told in the transaction that sets a connector on another course; refuses what another connector uses. */
    default void moved(Handle handle, Connector connector) {}

    /** Refuses, before anything is saved, what {@link #saved} would refuse because of other connectors. */
    default void checkFree(Handle handle, Optional<ConnectorId> self, String tenantId, ConfigValues config) {}

    /** Returns these rules and others after them. */
    default ConnectorRules and(ConnectorRules others) {
        ConnectorRules these = this;
        return new ConnectorRules() {
            @Override
            public void check(ConfigValues config, Optional<ConfigValues> before) {
                these.check(config, before);
                others.check(config, before);
            }

            @Override
            public void saved(Handle handle, Connector connector, ConfigValues config) {
                these.saved(handle, connector, config);
                others.saved(handle, connector, config);
            }

            @Override
            public void moved(Handle handle, Connector connector) {
                these.moved(handle, connector);
                others.moved(handle, connector);
            }

            @Override
            public void checkFree(Handle handle, Optional<ConnectorId> self, String tenantId, ConfigValues config) {
                these.checkFree(handle, self, tenantId, config);
                others.checkFree(handle, self, tenantId, config);
            }
        };
    }
}
