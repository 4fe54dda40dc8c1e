package io.millrace.connector;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.catalogue.ConfigKey;
import io.millrace.catalogue.ConfigRules;
import io.millrace.catalogue.ConfigValues;
import io.millrace.connector.ConnectorRecords.Draft;
import io.millrace.http.ApiProblem;
import io.millrace.http.Caller;
import io.millrace.store.Ids;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns requests into connectors that could be saved, or refuses them. Looks at no other connector. */
final class ConnectorDrafts {
    private static final int LONGEST_NAME = 255;

    private final Kind kind;
    private final ConfigVault vault;
    private final ConnectorRules rules;
    private final Ids ids;
    private final Clock clock;

    ConnectorDrafts(Kind kind, ConfigVault vault, ConnectorRules rules, Ids ids, Clock clock) {
        this.kind = kind;
        this.vault = vault;
        this.rules = rules;
        this.ids = ids;
        this.clock = clock;
    }

    Draft create(Caller caller, ConnectorRequests.Create request) {
        checkName(request.name());
        if (request.desiredState()
                .filter(ConnectorRequests.WantedState.PENDING_DELETE::equals)
                .isPresent()) {
            throw new ApiProblem.BadRequest(
                    "A new " + kind.noun() + " cannot be 'Pending Delete'; leave desired_state out");
        }
        ConnectorId id = new ConnectorId(kind, ids.next());
        DesiredState desired =
                request.desiredState().map(ConnectorRequests.WantedState::state).orElseGet(DesiredState.Active::new);
        ClearConfig config = vault.fill(id, checked(request.connector(), request.config(), Optional.empty()), Map.of());
        return new Draft(
                new Connector(
                        id,
                        caller.tenantId(),
                        caller.serviceId(),
                        request.name(),
                        request.connector(),
                        vault.seal(config),
                        Course.begin(desired),
                        request.tags().orElse(List.of()),
                        request.kcClusterId().filter(cluster -> !cluster.isEmpty()),
                        request.createdFrom(),
                        clock.instant()),
                config.values());
    }

    Draft update(Connector before, ConnectorRequests.Update request) {
        checkName(request.name());
        if (!request.connector().equals(before.code())) {
            throw new ApiProblem.Invalid(ConfigRules.sentence(List.of("'connector' cannot be changed after creation")));
        }
        ClearConfig was = vault.clear(before);
        ClearConfig config = vault.fill(
                before.id(), checked(request.connector(), request.config(), Optional.of(was.values())), was.own());
        boolean same = config.values().config().equals(was.values().config());
        return new Draft(
                new Connector(
                        before.id(),
                        before.tenantId(),
                        before.serviceId(),
                        request.name(),
                        before.code(),
                        vault.seal(config),
                        same ? before.course() : before.course().changed(),
                        request.tags().orElse(before.tags()),
                        request.kcClusterId().filter(cluster -> !cluster.isEmpty()),
                        before.createdFrom(),
                        before.createdAt()),
                config.values());
    }

    /** Returns a copy that was never deployed, without what only one connector may use. */
    Draft copy(Connector original, String name) {
        checkName(name);
        ConnectorId id = new ConnectorId(kind, ids.next());
        ConfigValues copied = vault.values(original);
        copied.connector().keys().stream().filter(ConfigKey::notClonable).forEach(key -> copied.config()
                .remove(key.name()));
        ClearConfig config = vault.fill(id, copied, Map.of());
        return new Draft(
                new Connector(
                        id,
                        original.tenantId(),
                        original.serviceId(),
                        name,
                        original.code(),
                        vault.seal(config),
                        Course.begin(new DesiredState.Pending()),
                        original.tags(),
                        original.kcClusterId(),
                        CreatedFrom.API,
                        clock.instant()),
                config.values());
    }

    /** Returns the configuration that a client would get, refusing what no connector can have. */
    ConfigValues checked(String code, ObjectNode sent, Optional<ConfigValues> before) {
        ConfigValues config = vault.merge(vault.connector(code), sent, before.map(ConfigValues::config));
        vault.check(config, before.map(ConfigValues::config));
        rules.check(config, before);
        return config;
    }

    private static void checkName(String name) {
        if (name.isBlank()) {
            throw new ApiProblem.Invalid(ConfigRules.sentence(List.of("'name' is a required field")));
        }
        if (name.length() > LONGEST_NAME) {
            throw new ApiProblem.Invalid(
                    ConfigRules.sentence(List.of("'name' must be at most " + LONGEST_NAME + " characters long")));
        }
    }
}
