package io.millrace.http;

import java.util.List;
import java.util.function.Function;

/**
 * The envelope of lists.
 *
 * @param total records on all pages
 */
public record Page<T>(List<T> result, long page, int pageSize, long total, boolean hasNext) {
    public Page {
        result = List.copyOf(result);
    }

    /** Returns the page that was asked for, given its records and how many there are in all. */
    public static <T> Page<T> of(PageRequest asked, List<T> result, long total) {
        boolean hasNext = asked.offset() < total - result.size();
        return new Page<>(result, asked.page(), asked.pageSize(), total, hasNext);
    }

    /** Returns the page that was asked for out of the whole list. */
    public static <T> Page<T> cut(PageRequest asked, List<T> all) {
        int from = (int) Math.min(asked.offset(), all.size());
        return of(asked, all.subList(from, Math.min(all.size(), from + asked.pageSize())), all.size());
    }

    /** Returns the envelope of a lookup by id: one record or none. */
    public static <T> Page<T> single(List<T> found) {
        return new Page<>(found, 1, 10, found.size(), false);
    }

    /** Returns the same page with each record turned into another form. */
    public <R> Page<R> map(Function<? super T, ? extends R> form) {
        List<R> mapped = result.stream().<R>map(form).toList();
        return new Page<>(mapped, page, pageSize, total, hasNext);
    }
}
