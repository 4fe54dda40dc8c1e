package io.millrace.source;

import io.millrace.catalogue.CatalogueView;
import io.millrace.catalogue.ConnectorCatalogue;
import io.millrace.connector.ConnectionTrial;
import io.millrace.connector.ConnectorListing;
import io.millrace.connector.ConnectorRequests;
import io.millrace.connector.ConnectorService;
import io.millrace.connector.ConnectorView;
import io.millrace.connector.ConnectorViews;
import io.millrace.http.Caller;
import io.millrace.http.FromBody;
import io.millrace.http.FromBodyOrQuery;
import io.millrace.http.FromPath;
import io.millrace.http.FromQuery;
import io.millrace.http.Page;
import io.millrace.http.Permission;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sources, over HTTP. */
@Path("/sources")
public final class SourceResource {
    private final ConnectorService sources;
    private final ConnectorListing listing;
    private final ConnectorCatalogue catalogue;
    private final ConnectionTrial trial;
    private final SnapshotMarks snapshots;

    public SourceResource(
            ConnectorService sources,
            ConnectorListing listing,
            ConnectorCatalogue catalogue,
            ConnectionTrial trial,
            SnapshotMarks snapshots) {
        this.sources = sources;
        this.listing = listing;
        this.catalogue = catalogue;
        this.trial = trial;
        this.snapshots = snapshots;
    }

    /** Which connectors of the catalogue are wanted. */
    record Codes(Optional<String> connectorCode) {}

    /** Path of an action. */
    record ActionPath(String sourceId, ConnectorRequests.Action action) {}

    @GET
    @Permission("read:sources")
    public Page<ConnectorView> list(@Context Caller caller, @FromBodyOrQuery SourceFilter filter) {
        return filter.page(listing, caller, snapshots);
    }

    @POST
    @Path("/search")
    @Permission("read:sources")
    public Page<ConnectorView> search(@Context Caller caller, @FromBodyOrQuery SourceFilter filter) {
        return filter.page(listing, caller, snapshots);
    }

    @GET
    @Path("/brief")
    @Permission("read:sources")
    public List<ConnectorViews.Brief> brief(@Context Caller caller) {
        return listing.brief(caller);
    }

    @GET
    @Path("/connectors")
    @Permission("read:sources")
    public Map<String, List<CatalogueView.Definition>> connectors(@FromQuery Codes wanted) {
        return CatalogueView.of(catalogue.list(wanted.connectorCode()));
    }

    @POST
    @Path("/validate")
    @Permission("write:sources")
    public ConnectionTrial.Outcome validate(@Context Caller caller, @FromBody ConnectorRequests.Validate request) {
        return trial.validate(caller, request);
    }

    @POST
    @Permission("write:sources")
    public ConnectorView create(
            @Context Caller caller,
            @FromQuery ConnectorRequests.Options options,
            @FromBody ConnectorRequests.Create request) {
        return listing.show(sources.create(caller, request, options.settle()), options.secretReturned());
    }

    @GET
    @Path("/{source_id}")
    @Permission("read:sources")
    public Page<ConnectorView> get(
            @Context Caller caller, @PathParam("source_id") String id, @FromQuery ConnectorRequests.Secrets secrets) {
        return listing.lookUp(caller, id, secrets.secretReturned());
    }

    @PUT
    @Path("/{source_id}")
    @Permission("write:sources")
    public ConnectorView update(
            @Context Caller caller,
            @PathParam("source_id") String id,
            @FromQuery ConnectorRequests.Options options,
            @FromBody ConnectorRequests.Update request) {
        return listing.show(sources.update(caller, id, request, options.settle()), options.secretReturned());
    }

    @DELETE
    @Path("/{source_id}")
    @Permission("write:sources")
    public ConnectorView delete(
            @Context Caller caller, @PathParam("source_id") String id, @FromQuery ConnectorRequests.Options options) {
        return listing.show(sources.delete(caller, id, options.settle()), options.secretReturned());
    }

    @POST
    @Path("/{source_id}/deploy")
    @Permission("write:sources")
    public ConnectorView deploy(@Context Caller caller, @PathParam("source_id") String id) {
        return listing.show(sources.deploy(caller, id), false);
    }

    @POST
    @Path("/{source_id}/actions/{action}")
    @Permission("write:sources")
    public ConnectorView act(@Context Caller caller, @FromPath ActionPath path) {
        return listing.show(sources.act(caller, path.sourceId(), path.action()), false);
    }
}
