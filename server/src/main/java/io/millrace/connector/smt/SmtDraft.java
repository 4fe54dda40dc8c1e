package io.millrace.connector.smt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.connector.ConnectorId;
import io.millrace.http.ApiProblem;
import io.millrace.secret.SealedSecrets;
import io.millrace.secret.Secret;
import io.millrace.store.Ids;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Turns what a client sent into transformations that can run, or refuses all of it with everything that is wrong. */
final class SmtDraft {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern POINTER = Pattern.compile("/[A-Za-z0-9._-]{1,200}");

    private final ConnectorId connector;
    private final Map<String, SmtInstance> before = new HashMap<>();
    private final Map<String, String> sealedBefore;
    private final SealedSecrets vault;
    private final List<SmtRefusal.Issue> issues = new ArrayList<>();
    private final List<SmtInstance> transforms = new ArrayList<>();
    private final Map<String, String> secrets = new HashMap<>();

    /** @param present the chain that is there, whose transformations may be edited */
    SmtDraft(ConnectorId connector, Optional<SmtChain> present, SealedSecrets vault) {
        this.connector = connector;
        this.vault = vault;
        present.ifPresent(chain -> chain.transforms().forEach(instance -> before.put(instance.id(), instance)));
        sealedBefore = present.map(SmtChain::secrets).orElse(Map.of());
    }

    /**
     * Takes all transformations in.
     *
     * @param installed knows the classes of transformations
     * @throws ApiProblem naming all that is wrong
     */
    SmtDraft take(List<SmtRequests.Instance> sent, Predicate<String> installed, Ids ids) {
        Set<String> names = new HashSet<>();
        Set<String> edited = new HashSet<>();
        for (SmtRequests.Instance instance : sent) {
            if (!NAME.matcher(instance.name()).matches()) {
                refuse(instance, "smt_name_invalid", "the name has 1 to 64 letters, digits, '_' and '-'", "/name");
            } else if (!names.add(instance.name())) {
                refuse(instance, "smt_name_taken", "the name is used twice; names are unique in a chain", "/name");
            }
            if (!installed.test(instance.type())) {
                refuse(
                        instance,
                        "smt_type_unknown",
                        "no transformation '" + instance.type()
                                + "' is installed; the type is the name of its class, such as"
                                + " org.apache.kafka.connect.transforms.MaskField$Value",
                        "/type");
            }
            if (instance.id().isPresent()
                    && (!before.containsKey(instance.id().get())
                            || !edited.add(instance.id().get()))) {
                refuse(
                        instance,
                        "smt_instance_unknown",
                        "the chain has no transformation '" + instance.id().get()
                                + "' that is not named already; leave the id out for a new one",
                        "/id");
            }
            String id = instance.id().orElseGet(ids::next);
            transforms.add(new SmtInstance(
                    id, instance.type(), instance.name(), instance.enabled(), config(instance), secrets(id, instance)));
        }
        if (!issues.isEmpty()) {
            throw SmtRefusal.of(issues);
        }
        return this;
    }

    List<SmtInstance> transforms() {
        return transforms;
    }

    Map<String, String> secrets() {
        return secrets;
    }

    private ObjectNode config(SmtRequests.Instance instance) {
        instance.config().properties().forEach(option -> {
            if (!option.getValue().isValueNode()) {
                refuse(
                        instance,
                        "smt_config_invalid",
                        "option '" + option.getKey() + "' is no text, number or boolean",
                        "/config/" + option.getKey());
            }
        });
        return instance.config();
    }

    private List<String> secrets(String id, SmtRequests.Instance instance) {
        Set<String> pointers = new TreeSet<>(
                Optional.ofNullable(before.get(id)).map(SmtInstance::secrets).orElse(List.of()));
        pointers.forEach(pointer -> secrets.put(id + pointer, sealedBefore.getOrDefault(id + pointer, "")));
        for (SmtRequests.SecretOperation operation : instance.secretOperations()) {
            String pointer = operation.pointer();
            Optional<String> value =
                    operation.value().filter(JsonNode::isValueNode).map(JsonNode::asText);
            boolean replaces = operation.operation() == SmtRequests.Operation.REPLACE;
            if (!POINTER.matcher(pointer).matches()) {
                refuse(
                        instance,
                        "smt_pointer_invalid",
                        "'" + pointer + "' is no pointer to an option, such as /salt",
                        pointer);
            } else if (replaces && value.isEmpty()) {
                refuse(instance, "smt_secret_invalid", "the secret for '" + pointer + "' has no value", pointer);
            } else if (replaces) {
                pointers.add(pointer);
                secrets.put(id + pointer, vault.seal(Secret.of(value.get()), place(connector, id + pointer)));
            } else {
                pointers.remove(pointer);
                secrets.remove(id + pointer);
            }
        }
        return List.copyOf(pointers);
    }

    /** Returns where a secret is sealed for. */
    static String place(ConnectorId connector, String key) {
        return connector.kind().noun() + "/" + connector + "/smt/" + key;
    }

    private void refuse(SmtRequests.Instance instance, String code, String wrong, String pointer) {
        issues.add(new SmtRefusal.Issue(
                code,
                "Transformation '" + instance.name() + "': " + wrong,
                instance.id(),
                Optional.of(instance.name()),
                Optional.of(pointer)));
    }
}
