package io.millrace.topic;

import io.millrace.connector.ConnectorId;
import io.millrace.connector.ConnectorTopic;
import io.millrace.connector.ConnectorUse;
import io.millrace.destination.Inflow;
import io.millrace.store.Store;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** What pipelines bring to destinations, and the topics that are bound to them without one. */
public final class BoundInflow implements Inflow, ConnectorUse {
    private final BindingRepository bindings = new BindingRepository();
    private final Store store;
    private final Inflow pipelines;
    private final ConnectorUse use;

    /** @param use what pipelines need */
    public BoundInflow(Store store, Inflow pipelines, ConnectorUse use) {
        this.store = store;
        this.pipelines = pipelines;
        this.use = use;
    }

    @Override
    public List<String> flowing(ConnectorId destination) {
        List<String> bound = store.read(handle -> bindings.of(handle, destination));
        return Stream.concat(pipelines.flowing(destination).stream(), bound.stream())
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public Map<ConnectorId, List<ConnectorTopic>> of(Handle handle, Collection<ConnectorId> destinations) {
        Map<ConnectorId, List<ConnectorTopic>> topics = new HashMap<>(pipelines.of(handle, destinations));
        bindings.of(handle, destinations)
                .forEach((destination, bound) ->
                        topics.merge(destination, bound, (before, more) -> Stream.concat(before.stream(), more.stream())
                                .distinct()
                                .toList()));
        return topics;
    }

    @Override
    public Optional<String> of(Handle handle, ConnectorId connector) {
        return use.of(handle, connector)
                .or(() -> bindings.first(handle, connector).map(topic -> "topic '" + topic + "'"));
    }
}
