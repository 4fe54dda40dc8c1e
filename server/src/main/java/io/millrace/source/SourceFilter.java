package io.millrace.source;

import io.millrace.connector.ConnectorFilter;
import io.millrace.connector.ConnectorId;
import io.millrace.connector.ConnectorListing;
import io.millrace.connector.ConnectorView;
import io.millrace.http.Caller;
import io.millrace.http.Page;
import io.millrace.http.shape.CsvOrList;
import io.millrace.http.shape.Inline;
import io.millrace.http.shape.Matches;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which sources a list call wants.
 *
 * @param latency condition on the latency; a source without a measured one does not match
 * @param snapshot states of which a topic's newest snapshot is to have one
 */
public record SourceFilter(
        @Inline ConnectorFilter common,
        Optional<@Matches("^(gt|lt|gte|lte|eq|ne):-?[0-9]+(\\.[0-9]+)?$") String> latency,
        Optional<CsvOrList> snapshot) {

    /** Returns the page that is wanted. */
    Page<ConnectorView> page(ConnectorListing listing, Caller caller, SnapshotMarks marks) {
        List<String> states = snapshot.map(CsvOrList::values).orElse(List.of());
        if (latency.isPresent()) {
            // Nobody measures a latency yet, so no source has one that a condition could hold for.
            return listing.list(caller, common, sources -> Set.of());
        }
        return states.isEmpty()
                ? listing.list(caller, common)
                : listing.list(caller, common, sources -> inSnapshot(sources, states, marks));
    }

    private static Set<ConnectorId> inSnapshot(
            Collection<ConnectorId> sources, List<String> states, SnapshotMarks marks) {
        Map<SourceId, List<SnapshotMarks.Mark>> newest =
                marks.newest(sources.stream().map(SourceId::of).toList());
        return newest.entrySet().stream()
                .filter(found -> found.getValue().stream().anyMatch(mark -> states.contains(mark.status())))
                .map(found -> found.getKey().connectorId())
                .collect(Collectors.toSet());
    }
}
