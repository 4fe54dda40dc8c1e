package io.millrace.destination;

import io.millrace.catalogue.ConfigValues;
import io.millrace.connector.ConnectorRules;
import java.util.Optional;

/**
 * What destinations have to keep beyond the catalogue: those of
 * transformations and of their type, where it is installed.
 */
record DestinationRules(DestinationTypes types) implements ConnectorRules {
    @Override
    public void check(ConfigValues config, Optional<ConfigValues> before) {
        types.find(config.connector().code()).ifPresent(type -> {
            TransformRules.check(config);
            type.check(config);
            before.ifPresent(was -> type.checkChange(was, config));
        });
    }
}
