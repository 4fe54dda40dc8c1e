package io.millrace.snapshot;

import io.millrace.http.ApiProblem;
import io.millrace.http.Caller;
import io.millrace.http.Page;
import io.millrace.http.shape.CsvOrList;
import java.util.List;
import java.util.Optional;

/** Finds runs for those who may see them. */
public final class SnapshotQueries {
    private final SnapshotSources sources;
    private final SnapshotRepository repository;
    private final RunViews views;

    SnapshotQueries(SnapshotSources sources, SnapshotRepository repository, RunViews views) {
        this.sources = sources;
        this.repository = repository;
        this.views = views;
    }

    /** Returns runs of a source, newest first; an empty page for a source that the caller does not have. */
    Page<RunView> page(Caller caller, String sourceId, SnapshotRequests.RunFilter filter) {
        List<String> states = filter.status().map(CsvOrList::values).orElse(List.of());
        if (!sources.has(caller, sourceId)) {
            return Page.of(filter.asked(), List.of(), 0);
        }
        Optional<RunId> held = repository.newest(sourceId).filter(views::isHeld).map(Run::id);
        return repository
                .page(sourceId, states, held, filter.asked(), filter.sortDir())
                .map(views::of);
    }

    /** Returns one run; refuses one that the source does not have. */
    Run get(Caller caller, String sourceId, String runId) {
        SnapshotSource source = sources.get(caller, sourceId);
        return repository.find(source.id(), new RunId(runId)).orElseThrow(() -> noSuchRun(sourceId, runId));
    }

    RunView view(Run run) {
        return views.of(run);
    }

    static ApiProblem noSuchRun(String sourceId, String runId) {
        return new ApiProblem.NotFound("Snapshot not found for source '" + sourceId + "': " + runId);
    }
}
