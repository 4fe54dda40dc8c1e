package io.millrace.schemaregistry;

import io.millrace.http.Caller;
import io.millrace.http.FromBody;
import io.millrace.http.FromQuery;
import io.millrace.http.Permission;
import io.millrace.http.WhileStarting;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;

/** Compatibility levels in the Confluent protocol. */
@Path("/schema-registry/confluent/config")
@WhileStarting
public final class ConfluentConfigResource {
    private final SettingService settings;

    ConfluentConfigResource(SettingService settings) {
        this.settings = settings;
    }

    /** The level to set. */
    public record Body(Optional<String> compatibility) {
        CompatibilityLevel level() {
            return compatibility.flatMap(CompatibilityLevel::parse).orElseThrow(RegistryProblems::invalidCompatibility);
        }
    }

    @GET
    @Permission("read:schema_registry")
    public Response get(@Context Caller caller) {
        return level(settings.compatibility(Scope.of(caller)));
    }

    @PUT
    @Permission("write:schema_registry")
    public Response set(@Context Caller caller, @FromBody Body body) {
        settings.setCompatibility(Scope.of(caller), Optional.empty(), body.level());
        return ConfluentAnswer.of(Map.of("compatibility", body.level().name()));
    }

    @DELETE
    @Permission("write:schema_registry")
    public Response remove(@Context Caller caller) {
        return level(settings.removeCompatibility(Scope.of(caller), Optional.empty()));
    }

    @GET
    @Path("/{subject}")
    @Permission("read:schema_registry")
    public Response get(@Context Caller caller, @PathParam("subject") String subject, @FromQuery Fallback fallback) {
        return level(settings.compatibility(Scope.of(caller), new SubjectName(subject), fallback.defaultToGlobal()));
    }

    @PUT
    @Path("/{subject}")
    @Permission("write:schema_registry")
    public Response set(@Context Caller caller, @PathParam("subject") String subject, @FromBody Body body) {
        settings.setCompatibility(Scope.of(caller), Optional.of(new SubjectName(subject)), body.level());
        return ConfluentAnswer.of(Map.of("compatibility", body.level().name()));
    }

    @DELETE
    @Path("/{subject}")
    @Permission("write:schema_registry")
    public Response remove(@Context Caller caller, @PathParam("subject") String subject) {
        return level(settings.removeCompatibility(Scope.of(caller), Optional.of(new SubjectName(subject))));
    }

    private static Response level(CompatibilityLevel level) {
        return ConfluentAnswer.of(Map.of("compatibilityLevel", level.name()));
    }
}
