package io.millrace.billing;

import io.millrace.http.ApiProblem;
import io.millrace.http.PageRequest;
import io.millrace.http.SortDirection;
import io.millrace.http.shape.CsvOrList;
import io.millrace.http.shape.Default;
import io.millrace.http.shape.Matches;
import io.millrace.http.shape.Max;
import io.millrace.http.shape.Min;
import io.millrace.metric.TimeQuery;
import io.millrace.metric.Usage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What calls about usage carry. */
public final class UsageRequests {
    private static final List<String> KINDS = List.of("sources", "destinations", "pipelines");

    private UsageRequests() {}

    /**
     * Which page is wanted of what was used in the running month.
     *
     * @param page must be there, and may be empty
     * @param sort direction, by bytes
     */
    public record Monthly(
            @Default("10") @Min(1) @Max(100) int pageSize,
            @Matches("^([1-9][0-9]{0,17})?$") String page,
            @Default("asc") SortDirection sort,
            Optional<String> id,
            Optional<CsvOrList> connector,
            Optional<String> partialName,
            Optional<CsvOrList> tenantIds,
            Optional<String> entityType) {
        PageRequest asked() {
            return new PageRequest(page.isEmpty() ? 1 : Long.parseLong(page), pageSize, Optional.empty(), sort);
        }

        Usage.Wanted wanted() {
            return new Usage.Wanted(
                    kind(entityType), id, connector.map(CsvOrList::values).orElse(List.of()), partialName);
        }
    }

    /** Which range of time is wanted. */
    public record Summary(
            Optional<Instant> timestampFrom,
            Optional<Instant> timestampTo,
            Optional<CsvOrList> tenantIds,
            Optional<TimeQuery.Unit> timeUnit) {
        TimeQuery query() {
            return new TimeQuery(Optional.of(TimeQuery.Form.TIMESUMMARY), 1, timeUnit, timestampFrom, timestampTo);
        }
    }

    /** Which lines are wanted. */
    public record Export(
            Optional<Instant> timestampFrom,
            Optional<Instant> timestampTo,
            Optional<CsvOrList> tenantIds,
            Optional<String> entityType) {
        Usage.Wanted wanted() {
            return new Usage.Wanted(kind(entityType), Optional.empty(), List.of(), Optional.empty());
        }
    }

    private static String kind(Optional<String> entityType) {
        String kind = entityType.filter(given -> !given.isEmpty()).orElse("sources");
        if (!KINDS.contains(kind)) {
            throw new ApiProblem.Invalid("Validation error: 'entity_type' must be one of: " + String.join(", ", KINDS));
        }
        return kind;
    }
}
