package io.millrace.source;

import io.millrace.http.PageRequest;
import io.millrace.http.SortDirection;
import io.millrace.http.shape.CsvOrList;
import io.millrace.http.shape.Default;
import io.millrace.http.shape.Inline;
import io.millrace.http.shape.Matches;
import java.util.List;
import java.util.Optional;

/**
 * Which sources a list call wants.
 *
 * @param latency condition on the latency; a source without a measured one does not match
 */
public record SourceFilter(
        @Inline PageRequest page,
        Optional<String> id,
        Optional<String> partialName,
        Optional<CsvOrList> connector,
        Optional<CsvOrList> status,
        Optional<@Matches("^(gt|lt|gte|lte|eq|ne):-?[0-9]+(\\.[0-9]+)?$") String> latency,
        Optional<CsvOrList> snapshot,
        Optional<CsvOrList> tagIds,
        @Default("or") TagOperation tagFilterOperation,
        @Default("false") boolean secretReturned) {

    /** Whether a record needs all tags or one. */
    public enum TagOperation {
        AND,
        OR
    }

    /** Returns a filter without a page. */
    static SourceFilter of(
            Optional<String> id,
            Optional<String> partialName,
            Optional<CsvOrList> connector,
            Optional<CsvOrList> status,
            Optional<CsvOrList> tagIds) {
        return new SourceFilter(
                new PageRequest(1, 1, Optional.empty(), SortDirection.ASC),
                id,
                partialName,
                connector,
                status,
                Optional.empty(),
                Optional.empty(),
                tagIds,
                TagOperation.OR,
                false);
    }

    List<String> connectors() {
        return values(connector);
    }

    List<String> tags() {
        return values(tagIds);
    }

    List<String> states() {
        return values(status);
    }

    List<String> snapshots() {
        return values(snapshot);
    }

    private static List<String> values(Optional<CsvOrList> list) {
        return list.map(CsvOrList::values).orElse(List.of());
    }
}
