package io.millrace.connector;

import io.millrace.http.Caller;
import io.millrace.http.Page;
import io.millrace.http.SortDirection;
import io.millrace.store.Store;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Lists of connectors of one kind. Where the store knows all that is asked for it cuts the page itself; where a state is
 * asked for, all ids that fit otherwise are read and looked up in one look at Connect. Either way only the records of the
 * page are read whole, and no connector is asked by itself.
 */
public final class ConnectorListing {
    private final Kind kind;
    private final Store store;
    private final ConnectorRecords records;
    private final ConnectorViews views;
    private final Healths healths;

    ConnectorListing(Kind kind, Store store, ConnectorRecords records, ConnectorViews views, Healths healths) {
        this.kind = kind;
        this.store = store;
        this.records = records;
        this.views = views;
        this.healths = healths;
    }

    /** A condition on connectors that the rows of connectors say nothing about. */
    @FunctionalInterface
    public interface Narrowing {
        /** Returns those of the connectors that meet it. */
        Set<ConnectorId> among(Collection<ConnectorId> connectors);
    }

    /** Returns the page that was asked for. */
    public Page<ConnectorView> list(Caller caller, ConnectorFilter filter) {
        ConnectorScan scan = new ConnectorScan(kind, caller, filter);
        Healths.Look look = healths.look();
        return store.read(handle -> {
            Page<ConnectorScan.Found> page = filter.states().isEmpty() && !byState(filter)
                    ? Page.of(filter.page(), scan.page(handle), scan.count(handle))
                    : Page.cut(filter.page(), inOrder(matching(scan.all(handle), filter, look), filter, look));
            return shown(handle, page, look, filter.secretReturned());
        });
    }

    /** Returns the page that was asked for, of the connectors that also meet another condition. */
    public Page<ConnectorView> list(Caller caller, ConnectorFilter filter, Narrowing narrowing) {
        ConnectorScan scan = new ConnectorScan(kind, caller, filter);
        Healths.Look look = healths.look();
        List<ConnectorScan.Found> matching =
                matching(store.<List<ConnectorScan.Found>, RuntimeException>read(scan::all), filter, look);
        Set<ConnectorId> among =
                narrowing.among(matching.stream().map(ConnectorScan.Found::id).toList());
        List<ConnectorScan.Found> left =
                matching.stream().filter(found -> among.contains(found.id())).toList();
        Page<ConnectorScan.Found> page = Page.cut(filter.page(), inOrder(left, filter, look));
        return store.read(handle -> shown(handle, page, look, filter.secretReturned()));
    }

    /** Returns the ids of all connectors of the caller's, the oldest first. */
    public List<ConnectorId> ids(Caller caller) {
        return store.read(handle -> ids(new ConnectorScan(kind, caller, ConnectorFilter.ALL).all(handle)));
    }

    /** Returns the ids of all connectors that match, whatever the page. */
    public List<ConnectorId> ids(Caller caller, ConnectorFilter filter) {
        ConnectorScan scan = new ConnectorScan(kind, caller, filter);
        return matching(store.<List<ConnectorScan.Found>, RuntimeException>read(scan::all), filter, healths.look())
                .stream()
                .map(ConnectorScan.Found::id)
                .toList();
    }

    /** Returns one connector, or none when the caller has no such. */
    public Page<ConnectorView> lookUp(Caller caller, String id, boolean secrets) {
        return store.read(handle -> Page.single(ConnectorId.find(kind, id).stream()
                .flatMap(known -> records.find(handle, caller, known).stream())
                .flatMap(connector -> views.of(handle, List.of(connector), healths.look(), secrets).stream())
                .toList()));
    }

    /** Returns a connector as clients read it. */
    public ConnectorView show(Connector connector, boolean secrets) {
        return show(connector, healths.of(connector), secrets);
    }

    /** Returns a deleted connector as clients read it. */
    public ConnectorView show(ConnectorService.Removed removed, boolean secrets) {
        return show(removed.connector(), removed.health(), secrets);
    }

    /** Returns connectors as clients read them, by id, in a transaction of the caller's. */
    public Map<ConnectorId, ConnectorView> show(Handle handle, Collection<ConnectorId> ids, boolean secrets) {
        return views.byId(handle, records.find(handle, List.copyOf(ids)), healths.look(), secrets);
    }

    /** Returns the short form of all connectors. */
    public List<ConnectorViews.Brief> brief(Caller caller) {
        ConnectorScan scan = new ConnectorScan(kind, caller, ConnectorFilter.ALL);
        Healths.Look look = healths.look();
        return store.read(handle -> records.find(handle, ids(scan.all(handle))).stream()
                .map(connector -> views.brief(connector, look.of(connector.id(), connector.course())))
                .toList());
    }

    private ConnectorView show(Connector connector, Health health, boolean secrets) {
        return store.read(handle -> views.of(handle, connector, health, secrets));
    }

    private Page<ConnectorView> shown(
            Handle handle, Page<ConnectorScan.Found> page, Healths.Look look, boolean secrets) {
        List<Connector> connectors = records.find(handle, ids(page.result()));
        return new Page<>(
                views.of(handle, connectors, look, secrets),
                page.page(),
                page.pageSize(),
                page.total(),
                page.hasNext());
    }

    private static List<ConnectorId> ids(List<ConnectorScan.Found> found) {
        return found.stream().map(ConnectorScan.Found::id).toList();
    }

    private static boolean byState(ConnectorFilter filter) {
        return filter.page().sort().filter("connector_status"::equals).isPresent();
    }

    private static List<ConnectorScan.Found> matching(
            List<ConnectorScan.Found> all, ConnectorFilter filter, Healths.Look look) {
        return all.stream()
                .filter(found -> filter.states().isEmpty()
                        || filter.states().stream().anyMatch(label(found, look)::equalsIgnoreCase))
                .toList();
    }

    private static List<ConnectorScan.Found> inOrder(
            List<ConnectorScan.Found> found, ConnectorFilter filter, Healths.Look look) {
        if (!byState(filter)) {
            return found;
        }
        Comparator<ConnectorScan.Found> order = Comparator.comparing(one -> label(one, look));
        Stream<ConnectorScan.Found> sorted =
                found.stream().sorted(filter.page().sortDir() == SortDirection.DESC ? order.reversed() : order);
        return sorted.toList();
    }

    private static String label(ConnectorScan.Found found, Healths.Look look) {
        return look.of(found.id(), found.course()).state().label();
    }
}
