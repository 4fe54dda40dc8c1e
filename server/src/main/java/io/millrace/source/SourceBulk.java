package io.millrace.source;

import io.millrace.http.ApiProblem;
import io.millrace.http.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The same for many sources: goes on after a failure and says of each how it went. */
public final class SourceBulk {
    private final SourceService sources;
    private final SourceListing listing;

    public SourceBulk(SourceService sources, SourceListing listing) {
        this.sources = sources;
        this.listing = listing;
    }

    /**
     * How it went for one source.
     *
     * @param message what was done, or why it was not
     */
    public record Result(String id, boolean success, Optional<String> message, Optional<Object> data) {}

    /** How many went well. */
    public record Summary(int total, int succeeded, int failed) {}

    /** How it went. */
    public record Outcome(List<Result> results, Summary summary) {
        static Outcome of(List<Result> results) {
            int succeeded = (int) results.stream().filter(Result::success).count();
            return new Outcome(
                    List.copyOf(results), new Summary(results.size(), succeeded, results.size() - succeeded));
        }
    }

    /** What a copy is called. */
    record Copied(String id, String name) {}

    Outcome delete(Caller caller, BulkRequests.Selection selection) {
        return each(ids(caller, selection), id -> {
            sources.delete(caller, id, false);
            return done(id, "Deleted");
        });
    }

    Outcome deploy(Caller caller, BulkRequests.Selection selection) {
        return each(ids(caller, selection), id -> {
            sources.deployLater(caller, id);
            return done(id, "Deployed");
        });
    }

    Outcome act(Caller caller, BulkRequests.Selection selection, SourceRequests.Action action) {
        return each(ids(caller, selection), id -> {
            sources.actLater(caller, id, action);
            return done(
                    id,
                    switch (action) {
                        case PAUSE -> "Paused";
                        case RESUME -> "Resumed";
                        case STOP -> "Stopped";
                        case RESTART -> "Restarted";
                        case RESET -> "Reset";
                    });
        });
    }

    Outcome copy(Caller caller, BulkRequests.Clone request) {
        List<BulkRequests.CloneItem> items = request.filter()
                .map(filter -> listing.ids(caller, filter).stream()
                        .flatMap(id -> sources.find(id).stream())
                        .map(source ->
                                new BulkRequests.CloneItem(source.id().value(), source.name() + request.nameSuffix()))
                        .toList())
                .orElseGet(() -> request.items().orElse(List.of()));
        List<Result> results = new ArrayList<>();
        for (BulkRequests.CloneItem item : items) {
            results.add(attempt(item.id(), id -> {
                Source copy = sources.copy(caller, id, item.name());
                return new Result(
                        id,
                        true,
                        Optional.of("Copied to '" + copy.name() + "'"),
                        Optional.of(new Copied(copy.id().value(), copy.name())));
            }));
        }
        return Outcome.of(results);
    }

    /** Returns the ids that a bulk call selects; refuses a selection of nothing, or by both ways. */
    public List<String> ids(Caller caller, BulkRequests.Selection selection) {
        return selection
                .filter()
                .map(filter -> listing.ids(caller, filter).stream()
                        .map(SourceId::value)
                        .toList())
                .orElseGet(() -> selection.ids().orElse(List.of()));
    }

    private static Outcome each(List<String> ids, Function<String, Result> work) {
        List<Result> results = new ArrayList<>();
        ids.forEach(id -> results.add(attempt(id, work)));
        return Outcome.of(results);
    }

    private static Result attempt(String id, Function<String, Result> work) {
        try {
            return work.apply(id);
        } catch (ApiProblem refused) {
            return new Result(id, false, Optional.of(String.valueOf(refused.detail())), Optional.empty());
        }
    }

    private static Result done(String id, String what) {
        return new Result(id, true, Optional.of(what), Optional.empty());
    }
}
