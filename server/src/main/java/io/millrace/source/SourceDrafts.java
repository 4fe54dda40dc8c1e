package io.millrace.source;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.catalogue.ConfigKey;
import io.millrace.catalogue.ConfigRules;
import io.millrace.catalogue.ConfigValues;
import io.millrace.catalogue.ConnectorDefinition;
import io.millrace.control.TableName;
import io.millrace.http.ApiProblem;
import io.millrace.http.Caller;
import io.millrace.store.Ids;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns requests into sources that could be saved, or refuses them. Looks at no other source. */
public final class SourceDrafts {
    private static final int LONGEST_NAME = 255;

    private final ConfigVault vault;
    private final CaptureTypes types;
    private final Ids ids;
    private final Clock clock;

    public SourceDrafts(ConfigVault vault, CaptureTypes types, Ids ids, Clock clock) {
        this.vault = vault;
        this.types = types;
        this.ids = ids;
        this.clock = clock;
    }

    /** A source and its tables by the names of their topics. */
    record Draft(Source source, Map<String, TableName> topics) {
        Draft {
            topics = new LinkedHashMap<>(topics);
        }
    }

    Draft create(Caller caller, SourceRequests.Create request) {
        checkName(request.name());
        if (request.desiredState()
                .filter(SourceRequests.WantedState.PENDING_DELETE::equals)
                .isPresent()) {
            throw new ApiProblem.BadRequest("A new source cannot be 'Pending Delete'; leave desired_state out");
        }
        SourceId id = new SourceId(ids.next());
        DesiredState desired =
                request.desiredState().map(SourceRequests.WantedState::state).orElseGet(DesiredState.Active::new);
        ConfigValues config = checked(request.connector(), request.config(), Optional.empty());
        return draft(
                new Source(
                        id,
                        caller.tenantId(),
                        caller.serviceId(),
                        request.name(),
                        request.connector(),
                        vault.seal(id, config),
                        Claims.NONE,
                        Course.begin(desired),
                        request.tags().orElse(List.of()),
                        request.kcClusterId().filter(cluster -> !cluster.isEmpty()),
                        request.createdFrom(),
                        clock.instant()),
                config);
    }

    Draft update(Source before, SourceRequests.Update request) {
        checkName(request.name());
        if (!request.connector().equals(before.connector())) {
            throw new ApiProblem.Invalid(ConfigRules.sentence(List.of("'connector' cannot be changed after creation")));
        }
        ConfigValues was = vault.values(before);
        ConfigValues config = checked(request.connector(), request.config(), Optional.of(was));
        boolean same = config.config().equals(was.config());
        return draft(
                new Source(
                        before.id(),
                        before.tenantId(),
                        before.serviceId(),
                        request.name(),
                        before.connector(),
                        vault.seal(before.id(), config),
                        Claims.NONE,
                        same ? before.course() : before.course().changed(),
                        request.tags().orElse(before.tags()),
                        request.kcClusterId().filter(cluster -> !cluster.isEmpty()),
                        before.createdFrom(),
                        before.createdAt()),
                config);
    }

    /** Returns a copy that was never deployed, without what only one source may use. */
    Draft copy(Source original, String name) {
        checkName(name);
        SourceId id = new SourceId(ids.next());
        ConfigValues config = vault.values(original);
        config.connector().keys().stream().filter(ConfigKey::notClonable).forEach(key -> config.config()
                .remove(key.name()));
        return draft(
                new Source(
                        id,
                        original.tenantId(),
                        original.serviceId(),
                        name,
                        original.connector(),
                        vault.seal(id, config),
                        Claims.NONE,
                        Course.begin(new DesiredState.Pending()),
                        original.tags(),
                        original.kcClusterId(),
                        CreatedFrom.API,
                        clock.instant()),
                config);
    }

    /** Returns the configuration that a client would get, refusing what no source can have. */
    ConfigValues checked(String code, ObjectNode sent, Optional<ConfigValues> before) {
        ConnectorDefinition connector = vault.connector(code);
        CaptureType type = types.of(code);
        ConfigValues config = vault.merge(connector, sent, before.map(ConfigValues::config));
        vault.check(config, before.map(ConfigValues::config));
        type.check(config);
        before.ifPresent(was -> type.checkChange(was, config));
        return config;
    }

    private Draft draft(Source source, ConfigValues config) {
        CaptureType type = types.of(source.connector());
        return new Draft(
                source.claiming(type.claims(config)),
                SourceTopics.of(source.id(), type.tables(config), table -> type.nameInTopic(config, table)));
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
