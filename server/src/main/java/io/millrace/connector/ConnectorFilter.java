package io.millrace.connector;

import io.millrace.http.PageRequest;
import io.millrace.http.SortDirection;
import io.millrace.http.shape.CsvOrList;
import io.millrace.http.shape.Default;
import io.millrace.http.shape.Inline;
import java.util.List;
import java.util.Optional;

/** Which connectors a list call wants, as far as that is the same for all kinds. */
public record ConnectorFilter(
        @Inline PageRequest page,
        Optional<String> id,
        Optional<String> partialName,
        Optional<CsvOrList> connector,
        Optional<CsvOrList> status,
        Optional<CsvOrList> tagIds,
        @Default("or") TagOperation tagFilterOperation,
        @Default("false") boolean secretReturned) {

    /** Whether a record needs all tags or one. */
    public enum TagOperation {
        AND,
        OR
    }

    /** All connectors. */
    static final ConnectorFilter ALL = of(
            new BulkRequests.Filters(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()),
            Optional.empty());

    /** Returns the filter, without a page, of a bulk call; {@code id} is the one of its filters that names the record. */
    static ConnectorFilter of(BulkRequests.Filters filters, Optional<String> id) {
        return new ConnectorFilter(
                new PageRequest(1, 1, Optional.empty(), SortDirection.ASC),
                id,
                filters.partialName(),
                filters.connector(),
                filters.status(),
                filters.tagIds(),
                TagOperation.OR,
                false);
    }

    List<String> states() {
        return status.map(CsvOrList::values).orElse(List.of());
    }
}
