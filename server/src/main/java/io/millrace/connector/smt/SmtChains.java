package io.millrace.connector.smt;

import io.millrace.connector.AppendedTransforms;
import io.millrace.connector.Connector;
import io.millrace.connector.ConnectorId;
import io.millrace.secret.SealedSecrets;
import io.millrace.store.Store;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Chains of connectors as the data plane needs them. */
public final class SmtChains implements AppendedTransforms {
    private static final String SECRET = "smt/";
    private static final String NAMES = "transforms";

    private final SmtRepository rows = new SmtRepository();
    private final Store store;
    private final SealedSecrets vault;

    public SmtChains(Store store, SealedSecrets vault) {
        this.store = store;
        this.vault = vault;
    }

    @Override
    public Map<String, String> appendTo(Connector connector, Map<String, String> properties) {
        Optional<SmtChain> chain = find(connector.id());
        if (chain.isEmpty()) {
            return properties;
        }
        Map<String, String> all = new HashMap<>(properties);
        chain.get().transforms().stream()
                .filter(SmtInstance::enabled)
                .forEach(instance -> all.putAll(options(connector.id(), instance)));
        String names = Stream.concat(
                        Stream.ofNullable(properties.get(NAMES)),
                        chain.get().transforms().stream()
                                .filter(SmtInstance::enabled)
                                .map(SmtInstance::alias))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.joining(","));
        if (!names.isEmpty()) {
            all.put(NAMES, names);
        }
        return all;
    }

    private static Map<String, String> options(ConnectorId connector, SmtInstance instance) {
        String prefix = NAMES + "." + instance.alias() + ".";
        Map<String, String> options = new HashMap<>();
        instance.config().properties().stream()
                .filter(option -> !option.getValue().isNull())
                .forEach(option ->
                        options.put(prefix + option.getKey(), option.getValue().asText()));
        instance.secrets()
                .forEach(pointer -> options.put(
                        prefix + pointer.substring(1),
                        "${secret:" + connector.prefix() + ":" + SECRET + instance.id() + pointer + "}"));
        options.put(prefix + "type", instance.type());
        return options;
    }

    @Override
    public Optional<String> secret(ConnectorId connector, String key) {
        if (!key.startsWith(SECRET)) {
            return Optional.empty();
        }
        String place = key.substring(SECRET.length());
        return find(connector)
                .flatMap(chain -> Optional.ofNullable(chain.secrets().get(place)))
                .map(kept -> vault.open(kept, SmtDraft.place(connector, place)).reveal());
    }

    private Optional<SmtChain> find(ConnectorId connector) {
        return store.read(handle -> rows.find(handle, connector));
    }
}
