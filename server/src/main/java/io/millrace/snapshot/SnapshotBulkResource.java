package io.millrace.snapshot;

import io.millrace.connector.BulkRequests;
import io.millrace.http.Caller;
import io.millrace.http.FromBody;
import io.millrace.http.Permission;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Snapshots of many sources at once. */
@Path("/sources")
public final class SnapshotBulkResource {
    private final SnapshotSources sources;
    private final SnapshotBulk bulk;

    public SnapshotBulkResource(SnapshotSources sources, SnapshotBulk bulk) {
        this.sources = sources;
        this.bulk = bulk;
    }

    @POST
    @Path("/bulk/snapshot")
    @Permission("write:sources")
    public SnapshotBulk.Outcome execute(@Context Caller caller, @FromBody SnapshotRequests.BulkExecute request) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        sources.select(caller, request.selection()).forEach(source -> all.put(source, List.of()));
        return bulk.execute(caller, all, request.snapshotType());
    }

    @POST
    @Path("/bulk/stop-snapshot")
    @Permission("write:sources")
    public SnapshotBulk.Outcome stop(@Context Caller caller, @FromBody BulkRequests.Selection selection) {
        return bulk.stop(caller, sources.select(caller, selection));
    }
}
