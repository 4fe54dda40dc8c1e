package io.millrace.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.catalogue.ConfigValues;
import io.millrace.catalogue.ConnectorCatalogue;
import io.millrace.http.Json;

/** Configurations for tests, written with single quotes. */
public final class SourceConfigs {
    private static final String MINIMAL =
            """
            {'database.hostname.user.defined':'db.example.org','database.user':'u','database.password':'p',
             'database.dbname':'shop','schema.include.list':'public','table.include.list.user.defined':'public.orders'}
            """;

    private static final String MINIMAL_MARIADB =
            """
            {'database.hostname.user.defined':'db.example.org','database.user':'u','database.password':'p',
             'database.include.list.user.defined':'shop','table.include.list.user.defined':'shop.orders'}
            """;

    private SourceConfigs() {}

    public static ObjectNode json(String text) {
        try {
            return (ObjectNode) Json.mapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the smallest configuration of a postgresql source, with these members changed or added. */
    public static ObjectNode postgresql(String members) {
        ObjectNode config = json(MINIMAL);
        config.setAll(json("{" + members + "}"));
        return config;
    }

    /** Returns the smallest configuration of a mariadb or mysql source, with these members changed or added. */
    public static ObjectNode mariadb(String members) {
        ObjectNode config = json(MINIMAL_MARIADB);
        config.setAll(json("{" + members + "}"));
        return config;
    }

    /** Returns that configuration as the connector of a code reads it. */
    public static ConfigValues mariadb(String code, String members) {
        return new ConfigValues(ConnectorCatalogue.sources().find(code).orElseThrow(), mariadb(members));
    }

    public static ConfigValues values(String members) {
        return new ConfigValues(ConnectorCatalogue.sources().find("postgresql").orElseThrow(), postgresql(members));
    }
}
