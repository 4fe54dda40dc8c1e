package io.millrace.source.relational;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.catalogue.ConfigKey;
import io.millrace.catalogue.ConfigValues;
import io.millrace.http.ApiProblem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is done with each key of a connector. A key that the catalogue has and this does not is a mistake, which a test of
 * each connector finds.
 */
public record KeyEffects(Map<String, Effect> byKey) {
    public KeyEffects {
        byKey = Map.copyOf(byKey);
    }

    /** What is done with a key. */
    public enum Effect {
        /** Becomes one or more properties of the connector. */
        PROPERTY,
        /** Used by the server. */
        SERVER,
        /** Accepted for the sake of clients: what it steers elsewhere does not exist here. */
        NONE_BY_DESIGN,
        /** Refused unless it is null, at its default, or hidden by its conditions. */
        NOT_BUILT
    }

    /** Returns the effects of the keys that all relational sources have. */
    public static KeyEffects common() {
        return new KeyEffects(Map.of())
                .and(
                        Effect.PROPERTY,
                        "database.hostname.user.defined",
                        "database.port.user.defined",
                        "database.user",
                        "database.password",
                        "table.include.list.user.defined",
                        "column.exclude.list.user.defined",
                        "binary.handling.mode",
                        "heartbeat.enabled",
                        "heartbeat.data.collection.schema.or.database",
                        "InsertTopicName.enabled",
                        "transforms.ValueToKey.fields.include.list",
                        "transforms.ValueToKey.replace.null.with.default",
                        "preserve.null.values",
                        "transforms.OversizedRecords.fields.include.list",
                        "transforms.OversizedRecords.fields.exclude.list",
                        "transforms.OversizedRecords.max.field.size.bytes",
                        "transforms.OversizedRecords.oversized.field.behavior",
                        "transforms.OversizedRecords.truncation.suffix",
                        "transforms.OversizedRecords.max.record.size.bytes",
                        "transforms.OversizedRecords.semantic.types.exclude",
                        "transforms.OversizedRecords.replace.null.with.default")
                // Snapshots need no table in the database: the engine finds its marks in the log.
                .and(Effect.NONE_BY_DESIGN, "signal.data.collection.schema.or.database")
                .and(Effect.SERVER, "ssh.enabled", "ssh.host", "ssh.port", "ssh.user", "ssh.public.key.user.displayed")
                .and(
                        Effect.NOT_BUILT,
                        "SourceRegexSupport.enabled",
                        "transforms.SourceRegexSupport.regex.replacement",
                        "transforms.SourceRegexSupport.key.field.template",
                        "transforms.SourceRegexSupport.metadata.field.name");
    }

    /** Returns these and those of the keys that pick columns from one of two lists and put constants into rows. */
    public KeyEffects andThoseOfListsAndConstants() {
        return and(Effect.SERVER, "column.include.list.toggled")
                .and(
                        Effect.PROPERTY,
                        "column.include.list.user.defined",
                        "transforms.InsertStaticKey1.static.field",
                        "transforms.InsertStaticKey1.static.value",
                        "transforms.InsertStaticValue1.static.field",
                        "transforms.InsertStaticValue1.static.value",
                        "transforms.InsertStaticKey2.static.field",
                        "transforms.InsertStaticKey2.static.value",
                        "transforms.InsertStaticValue2.static.field",
                        "transforms.InsertStaticValue2.static.value",
                        "predicates.IsTopicToEnrich.pattern");
    }

    /** Returns these and the same effect of some more keys. */
    public KeyEffects and(Effect effect, String... keys) {
        Map<String, Effect> more = new HashMap<>(byKey);
        for (String key : keys) {
            more.put(key, effect);
        }
        return new KeyEffects(more);
    }

    /** Refuses a configuration that asks for what is not built, or that could make a worker reveal something. */
    public void check(ConfigValues config) {
        List<String> notBuilt = notBuilt(config);
        if (!notBuilt.isEmpty()) {
            throw new ApiProblem.BadRequest("This release does not do what "
                    + notBuilt.stream().map(key -> "'" + key + "'").collect(Collectors.joining(", "))
                    + " asks for; leave it out, or at its default");
        }
        checkReferences(config);
    }

    private List<String> notBuilt(ConfigValues config) {
        return config.connector().keys().stream()
                .filter(key -> byKey.get(key.name()) == Effect.NOT_BUILT)
                .filter(config::shows)
                .filter(config::departsFromDefault)
                .map(ConfigKey::name)
                .toList();
    }

    /** Workers resolve references in properties; a client must not be able to write one. */
    private void checkReferences(ConfigValues config) {
        for (Map.Entry<String, JsonNode> member : config.config().properties()) {
            boolean becomesProperty = byKey.get(member.getKey()) == Effect.PROPERTY
                    && !config.connector().key(member.getKey()).orElseThrow().secret();
            if (becomesProperty && member.getValue().asText().contains("${")) {
                throw new ApiProblem.BadRequest("'" + member.getKey() + "' must not hold '${'");
            }
        }
    }
}
