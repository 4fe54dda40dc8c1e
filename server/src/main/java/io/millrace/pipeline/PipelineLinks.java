package io.millrace.pipeline;

import io.millrace.connector.ConnectorId;
import io.millrace.connector.ConnectorTopic;
import io.millrace.connector.ConnectorUse;
import io.millrace.destination.Inflow;
import io.millrace.store.Store;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Tells sources and destinations what pipelines make of them. */
public final class PipelineLinks implements Inflow, ConnectorUse {
    private final Store store;

    public PipelineLinks(Store store) {
        this.store = store;
    }

    @Override
    public List<String> flowing(ConnectorId destination) {
        return store.read(handle -> handle.createQuery(
                        """
                        select distinct t.topic from pipeline_topic t join pipeline p on p.id = t.pipeline_id
                        where p.destination_id = :destination and p.desired = 'Active' and not exists (
                            select 1 from pipeline_reset r
                            where r.destination_id = p.destination_id and r.topic = t.topic)
                        order by t.topic
                        """)
                .bind("destination", destination.value())
                .mapTo(String.class)
                .list());
    }

    @Override
    public Map<ConnectorId, List<ConnectorTopic>> of(Handle handle, Collection<ConnectorId> destinations) {
        Map<String, ConnectorId> byId = new HashMap<>();
        destinations.forEach(id -> byId.put(id.value(), id));
        Map<ConnectorId, List<ConnectorTopic>> topics = new HashMap<>();
        if (byId.isEmpty()) {
            return topics;
        }
        handle.createQuery(
                        """
                        select distinct p.destination_id, t.topic from pipeline_topic t join pipeline p on p.id = t.pipeline_id
                        where p.destination_id in (<ids>) order by t.topic
                        """)
                .bindList("ids", List.copyOf(byId.keySet()))
                .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                .forEach(found -> topics.computeIfAbsent(byId.get(found.getKey()), id -> new ArrayList<>())
                        .add(topic(found.getValue())));
        return topics;
    }

    @Override
    public Optional<String> of(Handle handle, ConnectorId connector) {
        String column =
                switch (connector.kind()) {
                    case SOURCE -> "source_id";
                    case DESTINATION -> "destination_id";
                };
        return handle.createQuery(
                        "select name from pipeline where " + column + " = :id order by created_at, id limit 1")
                .bind("id", connector.value())
                .mapTo(String.class)
                .findOne()
                .map(name -> "pipeline '" + name + "'");
    }

    private static ConnectorTopic topic(String id) {
        int dot = id.indexOf('.');
        return new ConnectorTopic(id, id.substring(dot + 1), id.substring(0, Math.max(dot, 0)));
    }
}
