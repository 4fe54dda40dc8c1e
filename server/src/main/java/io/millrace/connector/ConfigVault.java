package io.millrace.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.millrace.catalogue.ConfigKey;
import io.millrace.catalogue.ConfigRules;
import io.millrace.catalogue.ConfigValues;
import io.millrace.catalogue.ConnectorCatalogue;
import io.millrace.catalogue.ConnectorDefinition;
import io.millrace.http.ApiProblem;
import io.millrace.secret.SealedSecrets;
import io.millrace.secret.Secret;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes configurations in and gives them back. What a client sent comes back as it came, in the same JSON type; null stays
 * null, {@code ""} becomes null unless the key keeps it, secrets are sealed and answered masked, keys that the server
 * fills keep their value whatever is sent, and keys that nobody knows are kept.
 */
public final class ConfigVault {
    private static final TextNode MASKED = TextNode.valueOf(Secret.MASK);

    private final ConnectorCatalogue catalogue;
    private final SealedSecrets secrets;
    private final FilledKeys filled;

    public ConfigVault(ConnectorCatalogue catalogue, SealedSecrets secrets, FilledKeys filled) {
        this.catalogue = catalogue;
        this.secrets = secrets;
        this.filled = filled;
    }

    /** Returns the definition of a connector; refuses a code that the contract does not know. */
    public ConnectorDefinition connector(String code) {
        return catalogue
                .find(code)
                .orElseThrow(() -> new ApiProblem.Invalid(
                        "Validation error: 'connector' must be one of: " + String.join(", ", catalogue.codes())));
    }

    /** Returns the configuration as it is after a client sent {@code sent}; for rules and mapping, with secrets in clear. */
    public ConfigValues merge(ConnectorDefinition connector, ObjectNode sent, Optional<ObjectNode> before) {
        ObjectNode merged = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> member : sent.properties()) {
            merged.set(member.getKey(), merge(connector, member.getKey(), member.getValue(), before));
        }
        before.ifPresent(stored -> stored.properties().stream()
                .filter(member -> connector
                        .key(member.getKey())
                        .filter(key -> key.secret() || key.serverFilled())
                        .isPresent())
                .forEach(member -> merged.putIfAbsent(member.getKey(), member.getValue())));
        return new ConfigValues(connector, merged);
    }

    /** Refuses a configuration that breaks rules of its connector, naming all of them. */
    public void check(ConfigValues after, Optional<ObjectNode> before) {
        ConfigRules rules = new ConfigRules(after.connector());
        List<String> broken = new ArrayList<>(rules.broken(after.config()));
        before.ifPresent(stored -> broken.addAll(rules.brokenByChange(stored, after.config())));
        if (!broken.isEmpty()) {
            throw new ApiProblem.Invalid(ConfigRules.sentence(broken));
        }
    }

    /** Returns the configuration with the keys filled in that the server fills. */
    ClearConfig fill(ConnectorId id, ConfigValues values, Map<String, Secret> own) {
        return filled.fill(new ClearConfig(id, values, own));
    }

    /** Returns the configuration in the form in which it is kept. */
    public ConnectorConfig seal(ClearConfig config) {
        ObjectNode open = config.values().config().deepCopy();
        Map<String, String> kept = new HashMap<>();
        for (ConfigKey key : config.values().connector().keys()) {
            JsonNode value = open.get(key.name());
            if (key.secret() && value != null && value.isTextual()) {
                kept.put(key.name(), secrets.seal(Secret.of(value.textValue()), place(config.id(), key.name())));
                open.set(key.name(), MASKED);
            }
        }
        config.own().forEach((name, secret) -> {
            String own = ConnectorConfig.OWN + name;
            kept.put(own, secrets.seal(secret, place(config.id(), own)));
        });
        return new ConnectorConfig(open, kept);
    }

    /** Returns a configuration with the secrets in clear that a client gave it or may see. */
    public ObjectNode reveal(ConnectorId id, ConnectorConfig config) {
        ObjectNode open = config.open();
        config.secrets().forEach((key, kept) -> {
            if (!ConnectorConfig.isOwn(key)) {
                open.put(key, secrets.open(kept, place(id, key)).reveal());
            }
        });
        return open;
    }

    /** Returns a configuration with all secrets in clear. */
    ClearConfig clear(ConnectorId id, String code, ConnectorConfig config) {
        Map<String, Secret> own = new HashMap<>();
        config.secrets().forEach((key, kept) -> {
            if (ConnectorConfig.isOwn(key)) {
                own.put(key.substring(ConnectorConfig.OWN.length()), secrets.open(kept, place(id, key)));
            }
        });
        return new ClearConfig(id, new ConfigValues(connector(code), reveal(id, config)), own);
    }

    /** Returns a connector's configuration with all secrets in clear. */
    ClearConfig clear(Connector connector) {
        return clear(connector.id(), connector.code(), connector.config());
    }

    /** Returns a connector's configuration with its secrets in clear, to be read by keys. */
    public ConfigValues values(Connector connector) {
        return clear(connector).values();
    }

    /** Returns a connector's configuration with a reference, which workers resolve, in the place of each secret. */
    public ConfigValues referring(Connector connector) {
        ObjectNode config = connector.config().open();
        connector.config().secrets().keySet().stream()
                .filter(key -> !ConnectorConfig.isOwn(key))
                .forEach(key -> config.put(key, "${secret:" + connector.id().prefix() + ":" + key + "}"));
        return new ConfigValues(connector(connector.code()), config);
    }

    /** Returns the secret of a key of a connector. */
    public Optional<Secret> secret(Connector connector, String key) {
        return Optional.ofNullable(connector.config().secrets().get(key))
                .filter(kept -> !ConnectorConfig.isOwn(key))
                .map(kept -> secrets.open(kept, place(connector.id(), key)));
    }

    private static JsonNode merge(
            ConnectorDefinition connector, String name, JsonNode sent, Optional<ObjectNode> before) {
        Optional<ConfigKey> key = connector.key(name);
        Optional<JsonNode> stored = before.flatMap(config -> Optional.ofNullable(config.get(name)));
        if (key.filter(ConfigKey::serverFilled).isPresent()
                || (key.filter(ConfigKey::secret).isPresent() && sent.equals(MASKED))) {
            return stored.orElse(NullNode.getInstance());
        }
        boolean empty = sent.isTextual() && sent.textValue().isEmpty();
        return empty && key.filter(ConfigKey::keepsEmptyString).isEmpty() ? NullNode.getInstance() : sent;
    }

    private static String place(ConnectorId id, String key) {
        return id.kind().noun() + "/" + id + "/" + key;
    }
}
