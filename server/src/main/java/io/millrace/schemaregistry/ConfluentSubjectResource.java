package io.millrace.schemaregistry;

import io.millrace.http.Caller;
import io.millrace.http.FromBody;
import io.millrace.http.FromQuery;
import io.millrace.http.Permission;
import io.millrace.http.WhileStarting;
import io.millrace.http.shape.Default;
import io.millrace.http.shape.Member;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/** Subjects and their versions in the Confluent protocol. */
@Path("/schema-registry/confluent/subjects")
@WhileStarting
public final class ConfluentSubjectResource {
    private final SubjectService subjects;

    ConfluentSubjectResource(SubjectService subjects) {
        this.subjects = subjects;
    }

    /** Which subjects are named. */
    public record Names(
            @Member("subjectPrefix") @Default("") String subjectPrefix, @Default("false") boolean deleted) {}

    /** What counts as the same schema, and whether deleted versions count. */
    public record Matching(@Default("false") boolean normalize, @Default("false") boolean deleted) {}

    /** How a deletion goes. */
    public record Deletion(@Default("false") boolean permanent) {}

    /** A version as clients know it. */
    public record VersionView(String subject, int version, int id, String schema) {
        static VersionView of(SubjectVersion found) {
            return new VersionView(found.subject().value(), found.version(), found.id(), found.text());
        }
    }

    @GET
    @Permission("read:schema_registry")
    public Response names(@Context Caller caller, @FromQuery Names names) {
        return ConfluentAnswer.of(subjects.names(Scope.of(caller), names.subjectPrefix(), names.deleted()));
    }

    @POST
    @Path("/{subject}")
    @Permission("read:schema_registry")
    public Response lookup(
            @Context Caller caller,
            @PathParam("subject") String subject,
            @FromQuery Matching matching,
            @FromBody SchemaBody body) {
        SubjectVersion found = subjects.lookup(
                Scope.of(caller), new SubjectName(subject), body.avro(matching.normalize()), matching.deleted());
        return ConfluentAnswer.of(VersionView.of(found));
    }

    @DELETE
    @Path("/{subject}")
    @Permission("write:schema_registry")
    public Response delete(@Context Caller caller, @PathParam("subject") String subject, @FromQuery Deletion deletion) {
        return ConfluentAnswer.of(subjects.delete(Scope.of(caller), new SubjectName(subject), deletion.permanent()));
    }

    @GET
    @Path("/{subject}/versions")
    @Permission("read:schema_registry")
    public Response versions(
            @Context Caller caller, @PathParam("subject") String subject, @FromQuery Matching matching) {
        return ConfluentAnswer.of(
                subjects.versions(Scope.of(caller), new SubjectName(subject), matching.deleted()).stream()
                        .map(SubjectVersion::version)
                        .toList());
    }

    @POST
    @Path("/{subject}/versions")
    @Permission("write:schema_registry")
    public Response register(
            @Context Caller caller,
            @PathParam("subject") String subject,
            @FromQuery Matching matching,
            @FromBody SchemaBody body) {
        int id = subjects.register(Scope.of(caller), new SubjectName(subject), body.avro(matching.normalize()));
        return ConfluentAnswer.of(Map.of("id", id));
    }

    @GET
    @Path("/{subject}/versions/{version}")
    @Permission("read:schema_registry")
    public Response version(
            @Context Caller caller,
            @PathParam("subject") String subject,
            @PathParam("version") String version,
            @FromQuery Matching matching) {
        return ConfluentAnswer.of(VersionView.of(find(caller, subject, version, matching)));
    }

    @GET
    @Path("/{subject}/versions/{version}/schema")
    @Permission("read:schema_registry")
    public Response schema(
            @Context Caller caller,
            @PathParam("subject") String subject,
            @PathParam("version") String version,
            @FromQuery Matching matching) {
        return ConfluentAnswer.text(find(caller, subject, version, matching).text());
    }

    @DELETE
    @Path("/{subject}/versions/{version}")
    @Permission("write:schema_registry")
    public Response deleteVersion(
            @Context Caller caller,
            @PathParam("subject") String subject,
            @PathParam("version") String version,
            @FromQuery Deletion deletion) {
        return ConfluentAnswer.of(subjects.deleteVersion(
                Scope.of(caller), new SubjectName(subject), VersionSpec.parse(version), deletion.permanent()));
    }

    private SubjectVersion find(Caller caller, String subject, String version, Matching matching) {
        return subjects.version(
                Scope.of(caller), new SubjectName(subject), VersionSpec.parse(version), matching.deleted());
    }
}
