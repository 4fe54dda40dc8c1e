package io.millrace.connector;

import io.millrace.http.ApiProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** How the same went for many records: it goes on after a failure and says of each how it went. */
public record BulkOutcome(List<Result> results, Summary summary) {
    public BulkOutcome {
        results = List.copyOf(results);
    }

    /**
     * How it went for one record.
     *
     * @param message what was done, or why it was not
     */
    public record Result(String id, boolean success, Optional<String> message, Optional<Object> data) {}

    /** How many went well. */
    public record Summary(int total, int succeeded, int failed) {}

    /** What a copy is called. */
    private record Copied(String id, String name) {}

    /** Does the work for each; it returns what was done. */
    public static BulkOutcome each(List<String> ids, Function<String, String> work) {
        List<Result> results = new ArrayList<>();
        for (String id : ids) {
            results.add(attempt(id, one -> new Result(one, true, Optional.of(work.apply(one)), Optional.empty())));
        }
        return of(results);
    }

    /** Copies each; the work returns the id of the copy. */
    public static BulkOutcome copies(
            List<BulkRequests.CloneItem> items, Function<BulkRequests.CloneItem, String> work) {
        List<Result> results = new ArrayList<>();
        for (BulkRequests.CloneItem item : items) {
            results.add(attempt(item.id(), id -> {
                Copied copy = new Copied(work.apply(item), item.name());
                return new Result(id, true, Optional.of("Copied to '" + copy.name() + "'"), Optional.of(copy));
            }));
        }
        return of(results);
    }

    private static BulkOutcome of(List<Result> results) {
        int succeeded = (int) results.stream().filter(Result::success).count();
        return new BulkOutcome(results, new Summary(results.size(), succeeded, results.size() - succeeded));
    }

    private static Result attempt(String id, Function<String, Result> work) {
        try {
            return work.apply(id);
        } catch (ApiProblem refused) {
            return new Result(id, false, Optional.of(String.valueOf(refused.detail())), Optional.empty());
        }
    }
}
