package io.millrace.source;

import io.millrace.catalogue.ConfigValues;
import io.millrace.connector.Connector;
import io.millrace.connector.ConnectorId;
import io.millrace.connector.ConnectorRules;
import io.millrace.connector.ConnectorTopic;
import io.millrace.connector.ConnectorTopics;
import io.millrace.connector.DesiredState;
import io.millrace.http.ApiProblem;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What sources have to keep: their type's rules, topics that are told apart, and slots and publications that are used once. */
final class SourceRules implements ConnectorRules, ConnectorTopics {
    private final CaptureTypes types;
    private final SourceTables tables;

    SourceRules(CaptureTypes types, SourceTables tables) {
        this.types = types;
        this.tables = tables;
    }

    @Override
    public void check(ConfigValues config, Optional<ConfigValues> before) {
        types.find(config.connector().code()).ifPresent(type -> {
            type.check(config);
            before.ifPresent(was -> type.checkChange(was, config));
        });
    }

    @Override
    public void saved(Handle handle, Connector source, ConfigValues config) {
        SourceId id = SourceId.of(source.id());
        Optional<CaptureType> type = types.find(source.code());
        Claims claims = type.map(known -> known.claims(config)).orElse(Claims.NONE);
        checkFree(handle, source, claims);
        tables.claims().put(handle, id, claims);
        tables.topics()
                .replace(
                        handle,
                        id,
                        type.map(known -> SourceTopics.of(
                                        id, known.tables(config), table -> known.nameInTopic(config, table)))
                                .orElse(Map.of()));
    }

    @Override
    public void moved(Handle handle, Connector source) {
        checkFree(handle, source, tables.claims().of(handle, SourceId.of(source.id())));
    }

    @Override
    public void checkFree(Handle handle, Optional<ConnectorId> self, String tenantId, ConfigValues config) {
        Claims claims = types.find(config.connector().code())
                .map(type -> type.claims(config))
                .orElse(Claims.NONE);
        checkFree(handle, self.map(SourceId::of), tenantId, claims);
    }

    @Override
    public Map<ConnectorId, List<ConnectorTopic>> of(Handle handle, Collection<ConnectorId> sources) {
        Map<ConnectorId, List<ConnectorTopic>> found = new HashMap<>();
        tables.topics()
                .of(handle, sources.stream().map(SourceId::of).toList())
                .forEach((source, topics) -> found.put(
                        source.connectorId(),
                        topics.stream()
                                .map(topic -> new ConnectorTopic(
                                        topic.topicId(),
                                        topic.topicName(),
                                        topic.table().schema()))
                                .toList()));
        return found;
    }

    /** A source that is only saved uses nothing yet. */
    private void checkFree(Handle handle, Connector source, Claims claims) {
        if (!(source.course().desired() instanceof DesiredState.Pending)) {
            checkFree(handle, Optional.of(SourceId.of(source.id())), source.tenantId(), claims);
        }
    }

    private void checkFree(Handle handle, Optional<SourceId> self, String tenantId, Claims claims) {
        tables.claims().findRival(handle, self, claims).ifPresent(rival -> {
            throw taken(tenantId, claims, rival);
        });
    }

    private static ApiProblem taken(String tenantId, Claims claims, ClaimRepository.Rival rival) {
        boolean slot = rival.claims().slot().equals(claims.slot());
        String what = slot
                ? "Replication slot '" + claims.slot().orElse("") + "'"
                : "Publication '" + claims.publication().orElse("") + "'";
        String whose = rival.tenantId().equals(tenantId) ? "source '" + rival.name() + "'" : "another source";
        return new ApiProblem.BadRequest(
                what + " of database '" + claims.database().orElse("") + "' at "
                        + claims.server().orElse("") + " is used by " + whose + "; choose another "
                        + (slot ? "slot.name" : "publication.name"));
    }
}
