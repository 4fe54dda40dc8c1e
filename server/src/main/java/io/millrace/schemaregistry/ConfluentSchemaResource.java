package io.millrace.schemaregistry;

import io.millrace.http.Caller;
import io.millrace.http.FromPath;
import io.millrace.http.FromQuery;
import io.millrace.http.Permission;
import io.millrace.http.WhileStarting;
import io.millrace.http.shape.Default;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;

/** Schemas by id in the Confluent protocol. */
@Path("/schema-registry/confluent/schemas")
@WhileStarting
public final class ConfluentSchemaResource {
    private final SchemaService schemas;

    ConfluentSchemaResource(SchemaService schemas) {
        this.schemas = schemas;
    }

    /** The id in a path. */
    public record SchemaId(long id) {}

    /** Whether deleted versions count. */
    public record Deleted(@Default("false") boolean deleted) {}

    /** One use of a schema. */
    public record Use(String subject, int version) {}

    @GET
    @Path("/types")
    @Permission("read:schema_registry")
    public Response types() {
        return ConfluentAnswer.of(List.of("AVRO"));
    }

    @GET
    @Path("/ids/{id}")
    @Permission("read:schema_registry")
    public Response byId(@Context Caller caller, @FromPath SchemaId id) {
        return ConfluentAnswer.of(Map.of("schema", schemas.text(Scope.of(caller), id.id())));
    }

    @GET
    @Path("/ids/{id}/schema")
    @Permission("read:schema_registry")
    public Response text(@Context Caller caller, @FromPath SchemaId id) {
        return ConfluentAnswer.text(schemas.text(Scope.of(caller), id.id()));
    }

    @GET
    @Path("/ids/{id}/versions")
    @Permission("read:schema_registry")
    public Response versions(@Context Caller caller, @FromPath SchemaId id, @FromQuery Deleted deleted) {
        return ConfluentAnswer.of(uses(caller, id, deleted).stream()
                .map(use -> new Use(use.subject().value(), use.version()))
                .toList());
    }

    @GET
    @Path("/ids/{id}/subjects")
    @Permission("read:schema_registry")
    public Response subjects(@Context Caller caller, @FromPath SchemaId id, @FromQuery Deleted deleted) {
        return ConfluentAnswer.of(uses(caller, id, deleted).stream()
                .map(use -> use.subject().value())
                .distinct()
                .toList());
    }

    private List<SubjectVersion> uses(Caller caller, SchemaId id, Deleted deleted) {
        return schemas.uses(Scope.of(caller), id.id(), deleted.deleted());
    }
}
