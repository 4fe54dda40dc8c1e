package io.millrace.connector;

import io.millrace.http.ApiProblem;
import io.millrace.http.shape.CsvOrList;
import io.millrace.http.shape.Default;
import java.util.List;
import java.util.Optional;

/** What bulk calls carry. */
public final class BulkRequests {
    private BulkRequests() {}

    /** Narrows {@code select_all}. */
    public record Filters(
            Optional<String> sourceId,
            Optional<String> destinationId,
            Optional<String> partialName,
            Optional<CsvOrList> connector,
            Optional<CsvOrList> status,
            Optional<CsvOrList> tagIds) {
        static final Filters NONE = new Filters(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Selection of records: by id, or all that filters match. */
    public record Selection(
            Optional<List<String>> ids, @Default("false") boolean selectAll, Optional<Filters> filters) {

        /** Returns the filters of {@code select_all}, or empty when ids are named; refuses both and neither. */
        public Optional<Filters> all() {
            return select(selectAll, ids.isPresent(), "ids", filters);
        }
    }

    /** A record to copy and the name of the copy. */
    public record CloneItem(String id, String name) {}

    /** Selection of records to copy. */
    public record Clone(
            Optional<List<CloneItem>> items,
            @Default("false") boolean selectAll,
            Optional<Filters> filters,
            @Default(" (Copy)") String nameSuffix) {

        /** Returns the filters of {@code select_all}, or empty when items are named; refuses both and neither. */
        public Optional<Filters> all() {
            return select(selectAll, items.isPresent(), "items", filters);
        }
    }

    private static Optional<Filters> select(boolean all, boolean named, String what, Optional<Filters> filters) {
        if (all == named) {
            throw new ApiProblem.BadRequest(
                    all
                            ? "'" + what + "' and 'select_all' exclude each other; send one of them"
                            : "Nothing is selected; send '" + what + "', or 'select_all' with optional 'filters'");
        }
        return all ? Optional.of(filters.orElse(Filters.NONE)) : Optional.empty();
    }
}
