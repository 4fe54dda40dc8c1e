package io.millrace.connector;

import io.millrace.http.Caller;
import java.util.List;

/** The same for many connectors of one kind. */
public final class ConnectorBulk {
    private final Kind kind;
    private final ConnectorService connectors;
    private final ConnectorListing listing;

    ConnectorBulk(Kind kind, ConnectorService connectors, ConnectorListing listing) {
        this.kind = kind;
        this.connectors = connectors;
        this.listing = listing;
    }

    public BulkOutcome delete(Caller caller, BulkRequests.Selection selection) {
        return BulkOutcome.each(ids(caller, selection), id -> {
            connectors.delete(caller, id, false);
            return "Deleted";
        });
    }

    public BulkOutcome deploy(Caller caller, BulkRequests.Selection selection) {
        return BulkOutcome.each(ids(caller, selection), id -> {
            connectors.deployLater(caller, id);
            return "Deployed";
        });
    }

    public BulkOutcome act(Caller caller, BulkRequests.Selection selection, ConnectorRequests.Action action) {
        return BulkOutcome.each(ids(caller, selection), id -> {
            connectors.actLater(caller, id, action);
            return action.done();
        });
    }

    public BulkOutcome copy(Caller caller, BulkRequests.Clone request) {
        List<BulkRequests.CloneItem> items = request.all()
                .map(filters -> listing.ids(caller, filter(filters)).stream()
                        .flatMap(id -> connectors.find(id).stream())
                        .map(connector -> new BulkRequests.CloneItem(
                                connector.id().value(), connector.name() + request.nameSuffix()))
                        .toList())
                .orElseGet(() -> request.items().orElse(List.of()));
        return BulkOutcome.copies(
                items,
                item -> connectors.copy(caller, item.id(), item.name()).id().value());
    }

    /** Returns the ids that a bulk call selects; refuses a selection of nothing, or by both ways. */
    public List<String> ids(Caller caller, BulkRequests.Selection selection) {
        return selection
                .all()
                .map(filters -> listing.ids(caller, filter(filters)).stream()
                        .map(ConnectorId::value)
                        .toList())
                .orElseGet(() -> selection.ids().orElse(List.of()));
    }

    private ConnectorFilter filter(BulkRequests.Filters filters) {
        return ConnectorFilter.of(
                filters,
                switch (kind) {
                    case SOURCE -> filters.sourceId();
                    case DESTINATION -> filters.destinationId();
                });
    }
}
