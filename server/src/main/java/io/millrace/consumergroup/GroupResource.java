package io.millrace.consumergroup;

import io.millrace.http.Caller;
import io.millrace.http.FromBody;
import io.millrace.http.FromPath;
import io.millrace.http.FromQuery;
import io.millrace.http.Page;
import io.millrace.http.Permission;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;

/** Groups of consumers, over HTTP. */
@Path("/consumer-groups")
public final class GroupResource {
    private final GroupService groups;
    private final GroupResets resets;

    GroupResource(GroupService groups, GroupResets resets) {
        this.groups = groups;
        this.resets = resets;
    }

    @GET
    @Permission("read:consumer_groups")
    public Page<GroupViews.Item> list(@Context Caller caller, @FromQuery GroupRequests.Filter filter) {
        return groups.list(caller, filter);
    }

    @GET
    @Path("/{group_id}")
    @Permission("read:consumer_groups")
    public GroupViews.Detail get(@Context Caller caller, @FromPath GroupRequests.GroupPath path) {
        return groups.get(caller, path.groupId());
    }

    @POST
    @Path("/{group_id}/reset-offsets")
    @Permission("write:consumer_groups")
    public GroupViews.Reset reset(
            @Context Caller caller, @FromPath GroupRequests.GroupPath path, @FromBody GroupRequests.Reset request) {
        return resets.reset(caller, path.groupId(), request);
    }
}
