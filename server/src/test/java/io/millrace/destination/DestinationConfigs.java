package io.millrace.destination;

import io.millrace.catalogue.ConfigValues;
import io.millrace.catalogue.ConnectorCatalogue;
import io.millrace.source.SourceConfigs;

/** Configurations for tests, written with single quotes. */
final class DestinationConfigs {
    private DestinationConfigs() {}

    /** Returns what a destination of a code reads from these members. */
    static ConfigValues values(String code, String members) {
        return new ConfigValues(
                ConnectorCatalogue.destinations().find(code).orElseThrow(), SourceConfigs.json("{" + members + "}"));
    }

    static ConfigValues postgresql(String members) {
        return values("postgresql", members);
    }
}
