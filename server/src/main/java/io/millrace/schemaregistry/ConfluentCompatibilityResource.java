package io.millrace.schemaregistry;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.millrace.http.Caller;
import io.millrace.http.FromBody;
import io.millrace.http.FromQuery;
import io.millrace.http.Permission;
import io.millrace.http.WhileStarting;
import io.millrace.http.shape.Default;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;

/** Tries a schema against a subject without registering it, in the Confluent protocol. */
@Path("/schema-registry/confluent/compatibility/subjects/{subject}/versions")
@WhileStarting
public final class ConfluentCompatibilityResource {
    private final CompatibilityService compatibility;

    ConfluentCompatibilityResource(CompatibilityService compatibility) {
        this.compatibility = compatibility;
    }

    /** How the schema is compared and how much is said about it. */
    public record Options(@Default("false") boolean normalize, @Default("false") boolean verbose) {}

    /** The verdict; reasons only if asked for. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Verdict(@JsonProperty("is_compatible") boolean isCompatible, Optional<List<String>> messages) {
        static Verdict of(List<String> problems, Options options) {
            return new Verdict(problems.isEmpty(), Optional.of(problems).filter(all -> options.verbose()));
        }
    }

    @POST
    @Permission("read:schema_registry")
    public Response withSubject(
            @Context Caller caller,
            @PathParam("subject") String subject,
            @FromQuery Options options,
            @FromBody SchemaBody body) {
        List<String> problems =
                compatibility.check(Scope.of(caller), new SubjectName(subject), body.avro(options.normalize()));
        return ConfluentAnswer.of(Verdict.of(problems, options));
    }

    @POST
    @Path("/{version}")
    @Permission("read:schema_registry")
    public Response withVersion(
            @Context Caller caller,
            @PathParam("subject") String subject,
            @PathParam("version") String version,
            @FromQuery Options options,
            @FromBody SchemaBody body) {
        List<String> problems = compatibility.check(
                Scope.of(caller), new SubjectName(subject), VersionSpec.parse(version), body.avro(options.normalize()));
        return ConfluentAnswer.of(Verdict.of(problems, options));
    }
}
