package io.millrace.destination;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.catalogue.ConfigValues;
import io.millrace.catalogue.ConnectorCatalogue;
import io.millrace.source.SourceConfigs;

/** Configurations for tests, written with single quotes. */
public final class SinkConfigs {
    private SinkConfigs() {}

    /** Returns a configuration as a connector reads it. */
    public static ConfigValues of(String code, String smallest, String members) {
        ObjectNode config = SourceConfigs.json("{" + smallest + "}");
        config.setAll(SourceConfigs.json("{" + members + "}"));
        return new ConfigValues(ConnectorCatalogue.destinations().find(code).orElseThrow(), config);
    }
}
