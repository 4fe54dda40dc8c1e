package io.millrace.snapshot;

import io.millrace.http.Caller;
import io.millrace.http.FromBody;
import io.millrace.http.Permission;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Snapshots of the sources that topics belong to. Topics that no source captures into are left out. */
@Path("/topics")
public final class SnapshotTopicResource {
    private final SnapshotSources sources;
    private final SnapshotBulk bulk;

    public SnapshotTopicResource(SnapshotSources sources, SnapshotBulk bulk) {
        this.sources = sources;
        this.bulk = bulk;
    }

    @POST
    @Path("/bulk/snapshot")
    @Permission("write:sources")
    public SnapshotBulk.Outcome execute(@Context Caller caller, @FromBody SnapshotRequests.TopicBulkExecute request) {
        return bulk.execute(caller, bySource(caller, request.topicIds()), request.snapshotType());
    }

    @POST
    @Path("/bulk/stop-snapshot")
    @Permission("write:sources")
    public SnapshotBulk.Outcome stop(@Context Caller caller, @FromBody SnapshotRequests.TopicBulkStop request) {
        return bulk.stop(
                caller, List.copyOf(bySource(caller, request.topicIds()).keySet()));
    }

    private Map<String, List<String>> bySource(Caller caller, List<String> databaseIds) {
        Map<String, List<String>> topics = new LinkedHashMap<>();
        for (String id : databaseIds) {
            sources.topic(caller, id)
                    .ifPresent(topic -> topics.computeIfAbsent(topic.sourceId(), source -> new ArrayList<>())
                            .add(topic.topicName()));
        }
        return topics;
    }
}
