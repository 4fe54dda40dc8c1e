package io.millrace.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.catalogue.ConfigValues;
import io.millrace.catalogue.SourceCatalogue;
import io.millrace.http.Json;

/** Configurations for tests, written with single quotes. */
public final class SourceConfigs {
    private static final String MINIMAL =
            """
            {'database.hostname.user.defined':'db.example.org','database.user':'u','database.password':'p',
             'database.dbname':'shop','schema.include.list':'public','table.include.list.user.defined':'public.orders'}
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

    public static ConfigValues values(String members) {
        return new ConfigValues(new SourceCatalogue().find("postgresql").orElseThrow(), postgresql(members));
    }
}
