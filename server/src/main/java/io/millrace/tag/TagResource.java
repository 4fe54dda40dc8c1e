package io.millrace.tag;

import io.millrace.http.Caller;
import io.millrace.http.FromBody;
import io.millrace.http.FromBodyOrQuery;
import io.millrace.http.FromQuery;
import io.millrace.http.Permission;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;

/** Tags, over HTTP. */
@Path("/tags")
public final class TagResource {
    private final TagService tags;

    TagResource(TagService tags) {
        this.tags = tags;
    }

    @GET
    @Permission("read:tags")
    public TagView.All list(@Context Caller caller, @FromQuery TagRequests.Filter filter) {
        return all(caller, filter);
    }

    @POST
    @Path("/search")
    @Permission("read:tags")
    public TagView.All search(@Context Caller caller, @FromBodyOrQuery TagRequests.Filter filter) {
        return all(caller, filter);
    }

    @POST
    @Permission("write:tags")
    public TagView create(@Context Caller caller, @FromBody TagRequests.Write request) {
        return TagView.of(tags.create(caller, request));
    }

    @PUT
    @Path("/{tag_id}")
    @Permission("write:tags")
    public TagView update(@Context Caller caller, @PathParam("tag_id") String id, @FromBody TagRequests.Write request) {
        return TagView.of(tags.update(caller, id, request));
    }

    @DELETE
    @Path("/{tag_id}")
    @Permission("write:tags")
    public TagView delete(@Context Caller caller, @PathParam("tag_id") String id) {
        return TagView.of(tags.delete(caller, id));
    }

    private TagView.All all(Caller caller, TagRequests.Filter filter) {
        return new TagView.All(
                tags.list(caller, filter).stream().map(TagView::of).toList());
    }
}
