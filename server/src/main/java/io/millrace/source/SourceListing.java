package io.millrace.source;

import io.millrace.http.Caller;
import io.millrace.http.Page;
import io.millrace.http.SortDirection;
import io.millrace.store.Store;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Lists of sources. Where the store knows all that is asked for it cuts the page itself; where a state is asked for, all
 * ids that fit otherwise are read and looked up in one look at Connect. Either way only the records of the page are read
 * whole, and no connector is asked by itself.
 */
public final class SourceListing {
    private final Store store;
    private final SourceRecords records;
    private final SourceViews views;
    private final Healths healths;
    private final SnapshotMarks snapshots;

    public SourceListing(
            Store store, SourceRecords records, ConfigVault vault, Healths healths, SnapshotMarks snapshots) {
        this.store = store;
        this.records = records;
        this.views = new SourceViews(vault);
        this.healths = healths;
        this.snapshots = snapshots;
    }

    /** Returns the page that was asked for. */
    public Page<SourceView> list(Caller caller, SourceFilter filter) {
        SourceScan scan = new SourceScan(caller.tenantId(), caller.serviceId(), filter);
        Healths.Look look = healths.look();
        return store.read(handle -> {
            Page<SourceScan.Found> page = needsStates(filter)
                    ? Page.cut(filter.page(), matching(scan.all(handle), filter, look))
                    : Page.of(filter.page(), scan.page(handle), scan.count(handle));
            List<SourceView> shown = show(
                    handle, page.result().stream().map(SourceScan.Found::id).toList(), look, filter.secretReturned());
            return new Page<>(shown, page.page(), page.pageSize(), page.total(), page.hasNext());
        });
    }

    /** Returns the ids of all sources that match, whatever the page. */
    public List<SourceId> ids(Caller caller, SourceFilter filter) {
        SourceScan scan = new SourceScan(caller.tenantId(), caller.serviceId(), filter);
        return store.<List<SourceScan.Found>, RuntimeException>read(scan::all).stream()
                .filter(matcher(filter, healths.look(), Map.of()))
                .map(SourceScan.Found::id)
                .toList();
    }

    /** Returns one source, or none when the caller has no such source. */
    public Page<SourceView> lookUp(Caller caller, String id, boolean secrets) {
        return store.read(handle -> Page.single(SourceId.find(id).stream()
                .flatMap(known -> records.find(handle, known).stream())
                .filter(source -> source.tenantId().equals(caller.tenantId())
                        && source.serviceId().equals(caller.serviceId()))
                .flatMap(source -> show(handle, List.of(source.id()), healths.look(), secrets).stream())
                .toList()));
    }

    /** Returns a source as clients read it. */
    public SourceView show(Source source, boolean secrets) {
        return store.read(handle -> views.of(
                source,
                records.topics(handle, List.of(source.id())).getOrDefault(source.id(), List.of()),
                healths.of(source),
                secrets));
    }

    /** Returns a deleted source as clients read it. */
    public SourceView show(SourceService.Removed removed, boolean secrets) {
        return views.of(removed.source(), removed.topics(), removed.health(), secrets);
    }

    /** Returns the short form of all sources. */
    List<SourceViews.Brief> brief(Caller caller) {
        SourceScan scan = new SourceScan(caller.tenantId(), caller.serviceId(), BulkRequests.Filters.NONE.asFilter());
        Healths.Look look = healths.look();
        return store.read(
                handle -> records
                        .find(
                                handle,
                                scan.all(handle).stream()
                                        .map(SourceScan.Found::id)
                                        .toList())
                        .stream()
                        .map(source -> views.brief(source, look.of(source.id(), source.course())))
                        .toList());
    }

    private List<SourceView> show(Handle handle, List<SourceId> ids, Healths.Look look, boolean secrets) {
        Map<SourceId, List<SourceTopic>> topics = records.topics(handle, ids);
        return records.find(handle, ids).stream()
                .map(source -> views.of(
                        source,
                        topics.getOrDefault(source.id(), List.of()),
                        look.of(source.id(), source.course()),
                        secrets))
                .toList();
    }

    private static boolean needsStates(SourceFilter filter) {
        return !filter.states().isEmpty()
                || !filter.snapshots().isEmpty()
                || filter.latency().isPresent()
                || byState(filter);
    }

    private static boolean byState(SourceFilter filter) {
        return filter.page().sort().filter("connector_status"::equals).isPresent();
    }

    private List<SourceScan.Found> matching(List<SourceScan.Found> all, SourceFilter filter, Healths.Look look) {
        Stream<SourceScan.Found> matching = all.stream().filter(matcher(filter, look, snapshots(filter, all)));
        if (byState(filter)) {
            Comparator<SourceScan.Found> order = Comparator.comparing(
                    found -> look.of(found.id(), found.course()).state().label());
            matching = matching.sorted(filter.page().sortDir() == SortDirection.DESC ? order.reversed() : order);
        }
        return matching.toList();
    }

    private Map<SourceId, List<SnapshotMarks.Mark>> snapshots(SourceFilter filter, List<SourceScan.Found> all) {
        return filter.snapshots().isEmpty()
                ? Map.of()
                : snapshots.newest(all.stream().map(SourceScan.Found::id).toList());
    }

    private static Predicate<SourceScan.Found> matcher(
            SourceFilter filter, Healths.Look look, Map<SourceId, List<SnapshotMarks.Mark>> marks) {
        // Nobody measures a latency yet, so no source has one that a condition could hold for.
        return found -> filter.latency().isEmpty()
                && (filter.states().isEmpty()
                        || filter.states().stream()
                                .anyMatch(look.of(found.id(), found.course())
                                        .state()
                                        .label()::equalsIgnoreCase))
                && (filter.snapshots().isEmpty()
                        || marks.getOrDefault(found.id(), List.of()).stream()
                                .anyMatch(mark -> filter.snapshots().contains(mark.status())));
    }
}
