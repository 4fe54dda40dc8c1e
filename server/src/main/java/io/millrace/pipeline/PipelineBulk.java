package io.millrace.pipeline;

import io.millrace.connector.BulkOutcome;
import io.millrace.connector.BulkRequests;
import io.millrace.connector.ConnectorFilter.TagOperation;
import io.millrace.connector.ConnectorRequests.Action;
import io.millrace.http.Caller;
import io.millrace.http.PageRequest;
import io.millrace.http.SortDirection;
import io.millrace.http.shape.CsvOrList;
import java.util.List;
import java.util.Optional;

/** The same for many pipelines. */
final class PipelineBulk {
    private final PipelineService pipelines;
    private final PipelineListing listing;

    PipelineBulk(PipelineService pipelines, PipelineListing listing) {
        this.pipelines = pipelines;
        this.listing = listing;
    }

    BulkOutcome delete(Caller caller, BulkRequests.Selection selection) {
        return BulkOutcome.each(
                ids(caller, selection), id -> pipelines.delete(caller, id, false, (handle, pipeline) -> "Deleted"));
    }

    BulkOutcome act(Caller caller, BulkRequests.Selection selection, Action action) {
        return BulkOutcome.each(ids(caller, selection), id -> {
            pipelines.act(caller, id, action, false);
            return action.done();
        });
    }

    BulkOutcome copy(Caller caller, BulkRequests.Clone request) {
        List<BulkRequests.CloneItem> items = request.all()
                .map(filters -> listing.matching(caller, filter(filters)).stream()
                        .map(pipeline ->
                                new BulkRequests.CloneItem(pipeline.id(), pipeline.name() + request.nameSuffix()))
                        .toList())
                .orElseGet(() -> request.items().orElse(List.of()));
        return BulkOutcome.copies(
                items,
                item -> pipelines.copy(caller, item.id(), item.name()).id().value());
    }

    private List<String> ids(Caller caller, BulkRequests.Selection selection) {
        return selection
                .all()
                .map(filters -> listing.matching(caller, filter(filters)).stream()
                        .map(PipelineView::id)
                        .toList())
                .orElseGet(() -> selection.ids().orElse(List.of()));
    }

    private static PipelineRequests.Filter filter(BulkRequests.Filters filters) {
        return new PipelineRequests.Filter(
                new PageRequest(1, 1, Optional.empty(), SortDirection.ASC),
                Optional.empty(),
                filters.partialName(),
                filters.status(),
                filters.sourceId().map(id -> new CsvOrList(List.of(id))),
                filters.destinationId().map(id -> new CsvOrList(List.of(id))),
                filters.tagIds(),
                TagOperation.OR,
                false);
    }
}
