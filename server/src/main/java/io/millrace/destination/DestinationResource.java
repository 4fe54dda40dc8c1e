package io.millrace.destination;

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

/** Destinations, over HTTP. */
@Path("/destinations")
public final class DestinationResource {
    private final ConnectorService destinations;
    private final ConnectorListing listing;
    private final ConnectorCatalogue catalogue;
    private final ConnectionTrial trial;

    public DestinationResource(
            ConnectorService destinations,
            ConnectorListing listing,
            ConnectorCatalogue catalogue,
            ConnectionTrial trial) {
        this.destinations = destinations;
        this.listing = listing;
        this.catalogue = catalogue;
        this.trial = trial;
    }

    /** Which connectors of the catalogue are wanted. */
    record Codes(Optional<String> connectorCode) {}

    /** Path of an action. */
    record ActionPath(String destinationId, ConnectorRequests.Action action) {}

    @GET
    @Permission("read:destinations")
    public Page<ConnectorView> list(@Context Caller caller, @FromBodyOrQuery DestinationFilter filter) {
        return filter.page(listing, caller);
    }

    @POST
    @Path("/search")
    @Permission("read:destinations")
    public Page<ConnectorView> search(@Context Caller caller, @FromBodyOrQuery DestinationFilter filter) {
        return filter.page(listing, caller);
    }

    @GET
    @Path("/brief")
    @Permission("read:destinations")
    public List<ConnectorViews.Brief> brief(@Context Caller caller) {
        return listing.brief(caller);
    }

    @GET
    @Path("/connectors")
    @Permission("read:destinations")
    public Map<String, List<CatalogueView.Definition>> connectors(@FromQuery Codes wanted) {
        return CatalogueView.of(catalogue.list(wanted.connectorCode()));
    }

    @POST
    @Path("/validate")
    @Permission("write:destinations")
    public ConnectionTrial.Outcome validate(@Context Caller caller, @FromBody ConnectorRequests.Validate request) {
        return trial.validate(caller, request);
    }

    @POST
    @Permission("write:destinations")
    public ConnectorView create(
            @Context Caller caller,
            @FromQuery ConnectorRequests.Options options,
            @FromBody ConnectorRequests.Create request) {
        return listing.show(destinations.create(caller, request, options.settle()), options.secretReturned());
    }

    @GET
    @Path("/{destination_id}")
    @Permission("read:destinations")
    public Page<ConnectorView> get(
            @Context Caller caller,
            @PathParam("destination_id") String id,
            @FromQuery ConnectorRequests.Secrets secrets) {
        return listing.lookUp(caller, id, secrets.secretReturned());
    }

    @PUT
    @Path("/{destination_id}")
    @Permission("write:destinations")
    public ConnectorView update(
            @Context Caller caller,
            @PathParam("destination_id") String id,
            @FromQuery ConnectorRequests.Options options,
            @FromBody ConnectorRequests.Update request) {
        return listing.show(destinations.update(caller, id, request, options.settle()), options.secretReturned());
    }

    @DELETE
    @Path("/{destination_id}")
    @Permission("write:destinations")
    public ConnectorView delete(
            @Context Caller caller,
            @PathParam("destination_id") String id,
            @FromQuery ConnectorRequests.Options options) {
        return listing.show(destinations.delete(caller, id, options.settle()), options.secretReturned());
    }

    @POST
    @Path("/{destination_id}/deploy")
    @Permission("write:destinations")
    public ConnectorView deploy(@Context Caller caller, @PathParam("destination_id") String id) {
        return listing.show(destinations.deploy(caller, id), false);
    }

    @POST
    @Path("/{destination_id}/actions/{action}")
    @Permission("write:destinations")
    public ConnectorView act(@Context Caller caller, @FromPath ActionPath path) {
        return listing.show(destinations.act(caller, path.destinationId(), path.action()), false);
    }
}
