package io.millrace.destination.deadletter;

import io.millrace.connector.ConnectorId;
import io.millrace.connector.ConnectorTopic;
import io.millrace.destination.Inflow;
import io.millrace.destination.SinkFrame;
import io.millrace.store.Store;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What pipelines bring, but for a destination whose dead letters are replayed: nothing, and then only these. */
public final class ReplayingInflow implements Inflow {
    private final ReplayRepository rows = new ReplayRepository();
    private final Store store;
    private final Inflow pipelines;

    public ReplayingInflow(Store store, Inflow pipelines) {
        this.store = store;
        this.pipelines = pipelines;
    }

    @Override
    public List<String> flowing(ConnectorId destination) {
        Optional<Replay> replay = store.read(handle -> rows.find(handle, destination));
        return replay.map(Replay::state)
                .map(state -> switch (state) {
                    case HOLDING -> List.<String>of();
                    case REPLAYING -> List.of(SinkFrame.replayed(destination));
                    case COMPLETED -> pipelines.flowing(destination);
                })
                .orElseGet(() -> pipelines.flowing(destination));
    }

    @Override
    public Map<ConnectorId, List<ConnectorTopic>> of(Handle handle, Collection<ConnectorId> destinations) {
        return pipelines.of(handle, destinations);
    }
}
