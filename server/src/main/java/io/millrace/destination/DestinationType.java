package io.millrace.destination;

import io.millrace.catalogue.ConfigValues;
import io.millrace.connector.ConnectorId;
import io.millrace.database.ValidationReport;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Turns the configuration of a client into a running sink, for one kind of destination. */
public interface DestinationType {
    /** Returns the connector code of the contract. */
    String code();

    /** Refuses a configuration that cannot be done as asked. The rules of the catalogue were checked before. */
    void check(ConfigValues config);

    /** Refuses a change that a running destination cannot follow. */
    default void checkChange(ConfigValues before, ConfigValues after) {}

    /**
     * Returns the properties of the sink that the configuration decides on, {@code connector.class} among them. Topics,
     * converters, the dead letter topic and the {@linkplain RowTransforms transformations} of rows are in the {@link
     * SinkFrame}; what is here wins.
     *
     * @param config values; those of secret keys are references that workers resolve
     */
    Map<String, String> properties(ConnectorId id, ConfigValues config);

    /**
     * Makes in the destination what the sink needs there and is missing. May be repeated at any time.
     *
     * @param config with its secrets in clear
     * @return what was found to be lacking and is not ours to mend
     * @throws SQLException when the sink must not be started, with the reason in words
     */
    default Optional<String> prepare(ConfigValues config) throws SQLException {
        return Optional.empty();
    }

    /**
     * Returns how tables that were written are read again; empty where nothing can be asked.
     *
     * @param config with its secrets in clear
     */
    default Optional<ReadBack> readBack(ConfigValues config) {
        return Optional.empty();
    }

    /**
     * Finds out what would go wrong; changes nothing.
     *
     * @param config with its secrets in clear
     * @param limit aim for the time that it takes
     */
    ValidationReport validate(ConfigValues config, Duration limit);
}
