package io.millrace.topic;

import io.millrace.connector.BulkOutcome;
import io.millrace.http.Caller;
import io.millrace.http.FromBody;
import io.millrace.http.Permission;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;

/** Many topics at once, over HTTP. */
@Path("/topics")
public final class TopicBulkResource {
    private final TopicChanges changes;

    TopicBulkResource(TopicChanges changes) {
        this.changes = changes;
    }

    @DELETE
    @Path("/bulk/delete")
    @Permission("write:topics")
    public BulkOutcome delete(@Context Caller caller, @FromBody TopicRequests.Bulk request) {
        return changes.delete(caller, request.topicIds());
    }
}
