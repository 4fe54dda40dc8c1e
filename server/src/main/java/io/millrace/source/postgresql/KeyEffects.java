package io.millrace.source.postgresql;

import static io.millrace.source.postgresql.KeyEffects.Effect.NONE_BY_DESIGN;
import static io.millrace.source.postgresql.KeyEffects.Effect.NOT_BUILT;
import static io.millrace.source.postgresql.KeyEffects.Effect.PROPERTY;
import static io.millrace.source.postgresql.KeyEffects.Effect.SERVER;

import io.millrace.catalogue.ConfigKey;
import io.millrace.catalogue.ConfigValues;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is done with each key of the catalogue. */
final class KeyEffects {
    private static final Map<String, Effect> EFFECTS = new LinkedHashMap<>();

    /** What is done with a key. */
    enum Effect {
        /** Becomes one or more properties of the connector. */
        PROPERTY,
        /** Used by the server. */
        SERVER,
        /** Accepted for the sake of clients: what it steers elsewhere does not exist here. */
        NONE_BY_DESIGN,
        /** Refused unless it is null, at its default, or hidden by its conditions. */
        NOT_BUILT
    }

    static {
        effect("database.hostname.user.defined", PROPERTY);
        effect("database.port.user.defined", PROPERTY);
        effect("database.user", PROPERTY);
        effect("database.password", PROPERTY);
        effect("database.dbname", PROPERTY);
        effect("database.sslmode", PROPERTY);
        effect("schema.include.list", PROPERTY);
        effect("table.include.list.user.defined", PROPERTY);
        effect("column.include.list.toggled", SERVER);
        effect("column.include.list.user.defined", PROPERTY);
        effect("column.exclude.list.user.defined", PROPERTY);
        effect("binary.handling.mode", PROPERTY);
        effect("slot.name", PROPERTY);
        effect("publication.name", PROPERTY);
        effect("post.processors", PROPERTY);
        effect("heartbeat.enabled", PROPERTY);
        effect("heartbeat.use.logical.message", PROPERTY);
        effect("heartbeat.data.collection.schema.or.database", PROPERTY);
        effect("streamkap.snapshot.parallelism", PROPERTY);
        effect("streamkap.snapshot.chunk.size.bytes", PROPERTY);
        effect("streamkap.snapshot.state.refresh.ms", PROPERTY);

        // Snapshots need no table in the database: the engine puts its marks into the log.
        effect("snapshot.read.only.user.defined", SERVER);
        effect("signal.data.collection.schema.or.database", NONE_BY_DESIGN);

        effect("SourceRegexSupport.enabled", NOT_BUILT);
        effect("transforms.SourceRegexSupport.regex.replacement", NOT_BUILT);
        effect("transforms.SourceRegexSupport.key.field.template", NOT_BUILT);
        effect("transforms.SourceRegexSupport.metadata.field.name", NOT_BUILT);
        effect("include.source.db.name.in.table.name.user.defined", PROPERTY);
        effect("transforms.InsertStaticKey1.static.field", PROPERTY);
        effect("transforms.InsertStaticKey1.static.value", PROPERTY);
        effect("transforms.InsertStaticValue1.static.field", PROPERTY);
        effect("transforms.InsertStaticValue1.static.value", PROPERTY);
        effect("transforms.InsertStaticKey2.static.field", PROPERTY);
        effect("transforms.InsertStaticKey2.static.value", PROPERTY);
        effect("transforms.InsertStaticValue2.static.field", PROPERTY);
        effect("transforms.InsertStaticValue2.static.value", PROPERTY);
        effect("predicates.IsTopicToEnrich.pattern", PROPERTY);
        effect("InsertTopicName.enabled", PROPERTY);
        effect("transforms.ValueToKey.fields.include.list", PROPERTY);
        effect("transforms.ValueToKey.replace.null.with.default", PROPERTY);
        effect("preserve.null.values", PROPERTY);
        effect("transforms.OversizedRecords.fields.include.list", PROPERTY);
        effect("transforms.OversizedRecords.fields.exclude.list", PROPERTY);
        effect("transforms.OversizedRecords.max.field.size.bytes", PROPERTY);
        effect("transforms.OversizedRecords.oversized.field.behavior", PROPERTY);
        effect("transforms.OversizedRecords.truncation.suffix", PROPERTY);
        effect("transforms.OversizedRecords.max.record.size.bytes", PROPERTY);
        effect("transforms.OversizedRecords.semantic.types.exclude", PROPERTY);
        effect("transforms.OversizedRecords.replace.null.with.default", PROPERTY);
        effect("ssh.enabled", NOT_BUILT);
        effect("ssh.host", NOT_BUILT);
        effect("ssh.port", NOT_BUILT);
        effect("ssh.user", NOT_BUILT);
        effect("ssh.public.key.user.displayed", NONE_BY_DESIGN);
    }

    private KeyEffects() {}

    static Map<String, Effect> all() {
        return Map.copyOf(EFFECTS);
    }

    /** Returns the keys that ask for what is not built. */
    static List<String> notBuilt(ConfigValues config) {
        return config.connector().keys().stream()
                .filter(key -> EFFECTS.get(key.name()) == NOT_BUILT)
                .filter(config::shows)
                .filter(config::departsFromDefault)
                .map(ConfigKey::name)
                .toList();
    }

    private static void effect(String key, Effect effect) {
        EFFECTS.put(key, effect);
    }
}
