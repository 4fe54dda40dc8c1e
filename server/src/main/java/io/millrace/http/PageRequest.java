package io.millrace.http;

import io.millrace.http.shape.Default;
import io.millrace.http.shape.Max;
import io.millrace.http.shape.Min;
import java.util.Optional;

/**
 * Which part of a list is wanted; part of the query record of every list, by {@code @Inline}.
 *
 * @param page from 1
 * @param sort field to sort by; one that the list does not know is ignored
 */
public record PageRequest(
        @Default("1") @Min(1) long page,
        @Default("10") @Min(1) @Max(100) int pageSize,
        Optional<String> sort,
        @Default("asc") SortDirection sortDir) {

    /** Returns how many records come before the page; a page past the end of everything is as far as any. */
    public long offset() {
        return page - 1 > Long.MAX_VALUE / 100 ? Long.MAX_VALUE : (page - 1) * pageSize;
    }
}
