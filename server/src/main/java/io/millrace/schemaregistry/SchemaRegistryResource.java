package io.millrace.schemaregistry;

import io.millrace.http.Caller;
import io.millrace.http.FromBodyOrQuery;
import io.millrace.http.FromPath;
import io.millrace.http.Page;
import io.millrace.http.Permission;
import io.millrace.http.WhileStarting;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import java.util.List;
import java.util.Optional;

/** The registry in the contract's own form; read only. */
@Path("/schema-registry")
@WhileStarting
public final class SchemaRegistryResource {
    private static final String AVRO = "AVRO";

    private final SubjectService subjects;
    private final SchemaService schemas;

    SchemaRegistryResource(SubjectService subjects, SchemaService schemas) {
        this.subjects = subjects;
        this.schemas = schemas;
    }

    /** A subject of a list. */
    public record SubjectView(
            String subject, int versions, int latestVersion, String schemaType, Optional<String> topicId) {
        static SubjectView of(SubjectSummary summary) {
            return new SubjectView(
                    summary.subject().value(),
                    summary.versions(),
                    summary.latestVersion(),
                    AVRO,
                    summary.subject().topic());
        }
    }

    /** The version numbers of a subject. */
    public record VersionsView(String subject, List<Integer> versions) {}

    /** A schema, with its place where it was found by that. */
    public record SchemaView(
            long id, String schema, Optional<String> subject, Optional<Integer> version, String schemaType) {}

    /** The id of a schema in a path. */
    public record SchemaId(long schemaId) {}

    @GET
    @Path("/subjects")
    @Permission("read:schema_registry")
    public Page<SubjectView> list(@Context Caller caller, @FromBodyOrQuery SubjectFilter filter) {
        return subjects.page(Scope.of(caller), filter).map(SubjectView::of);
    }

    @GET
    @Path("/subjects/{subject}/versions")
    @Permission("read:schema_registry")
    public VersionsView versions(@Context Caller caller, @PathParam("subject") String subject) {
        List<SubjectVersion> versions = subjects.versions(Scope.of(caller), new SubjectName(subject), false);
        return new VersionsView(
                subject, versions.stream().map(SubjectVersion::version).toList());
    }

    @GET
    @Path("/subjects/{subject}/versions/{version}")
    @Permission("read:schema_registry")
    public SchemaView version(
            @Context Caller caller, @PathParam("subject") String subject, @PathParam("version") String version) {
        SubjectVersion found =
                subjects.version(Scope.of(caller), new SubjectName(subject), VersionSpec.parse(version), false);
        return new SchemaView(found.id(), found.text(), Optional.of(subject), Optional.of(found.version()), AVRO);
    }

    @GET
    @Path("/schemas/{schema_id}")
    @Permission("read:schema_registry")
    public SchemaView schema(@Context Caller caller, @FromPath SchemaId id) {
        String text = schemas.text(Scope.of(caller), id.schemaId());
        return new SchemaView(id.schemaId(), text, Optional.empty(), Optional.empty(), AVRO);
    }
}
