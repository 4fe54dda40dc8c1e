package io.millrace.source;

import io.millrace.catalogue.CatalogueView;
import io.millrace.catalogue.ConnectorDefinition;
import io.millrace.catalogue.SourceCatalogue;
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
    private final SourceService sources;
    private final SourceListing listing;
    private final SourceCatalogue catalogue;
    private final SourceValidation validation;

    public SourceResource(
            SourceService sources, SourceListing listing, SourceCatalogue catalogue, SourceValidation validation) {
        this.sources = sources;
        this.listing = listing;
        this.catalogue = catalogue;
        this.validation = validation;
    }

    /** Which connectors of the catalogue are wanted. */
    record Connectors(Optional<String> connectorCode) {}

    @GET
    @Permission("read:sources")
    public Page<SourceView> list(@Context Caller caller, @FromBodyOrQuery SourceFilter filter) {
        return listing.list(caller, filter);
    }

    @POST
    @Path("/search")
    @Permission("read:sources")
    public Page<SourceView> search(@Context Caller caller, @FromBodyOrQuery SourceFilter filter) {
        return listing.list(caller, filter);
    }

    @GET
    @Path("/brief")
    @Permission("read:sources")
    public List<SourceViews.Brief> brief(@Context Caller caller) {
        return listing.brief(caller);
    }

    @GET
    @Path("/connectors")
    @Permission("read:sources")
    public Map<String, List<CatalogueView.Definition>> connectors(@FromQuery Connectors wanted) {
        List<ConnectorDefinition> found = wanted.connectorCode()
                .filter(code -> !code.isEmpty())
                .map(code -> catalogue.find(code).stream().toList())
                .orElseGet(catalogue::all);
        return CatalogueView.of(found);
    }

    @POST
    @Path("/validate")
    @Permission("write:sources")
    public SourceValidation.Outcome validate(@Context Caller caller, @FromBody SourceRequests.Validate request) {
        return validation.validate(caller, request);
    }

    @POST
    @Permission("write:sources")
    public SourceView create(
            @Context Caller caller,
            @FromQuery SourceRequests.Options options,
            @FromBody SourceRequests.Create request) {
        return listing.show(sources.create(caller, request, options.settle()), options.secretReturned());
    }

    @GET
    @Path("/{source_id}")
    @Permission("read:sources")
    public Page<SourceView> get(
            @Context Caller caller, @PathParam("source_id") String id, @FromQuery SourceRequests.Secrets secrets) {
        return listing.lookUp(caller, id, secrets.secretReturned());
    }

    @PUT
    @Path("/{source_id}")
    @Permission("write:sources")
    public SourceView update(
            @Context Caller caller,
            @PathParam("source_id") String id,
            @FromQuery SourceRequests.Options options,
            @FromBody SourceRequests.Update request) {
        return listing.show(sources.update(caller, id, request, options.settle()), options.secretReturned());
    }

    @DELETE
    @Path("/{source_id}")
    @Permission("write:sources")
    public SourceView delete(
            @Context Caller caller, @PathParam("source_id") String id, @FromQuery SourceRequests.Options options) {
        return listing.show(sources.delete(caller, id, options.settle()), options.secretReturned());
    }

    @POST
    @Path("/{source_id}/deploy")
    @Permission("write:sources")
    public SourceView deploy(@Context Caller caller, @PathParam("source_id") String id) {
        return listing.show(sources.deploy(caller, id), false);
    }

    @POST
    @Path("/{source_id}/actions/{action}")
    @Permission("write:sources")
    public SourceView act(@Context Caller caller, @FromPath SourceRequests.ActionPath path) {
        return listing.show(sources.act(caller, path.sourceId(), path.action()), false);
    }
}
